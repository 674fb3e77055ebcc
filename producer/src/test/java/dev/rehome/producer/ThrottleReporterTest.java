package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.LogCapture;
import dev.rehome.common.TestClock;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.queue.FleetCopies;
import dev.rehome.common.queue.MemoryOperatorControl;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.throttle.Limits;
import dev.rehome.producer.throttle.ReplicaLag;
import dev.rehome.producer.throttle.RunWindows;
import dev.rehome.producer.throttle.Throttle;
import dev.rehome.producer.throttle.ThrottleSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleReporterTest {
    private final TestClock time = new TestClock();
    private final List<String> reports = new ArrayList<>();
    private final Leadership leadership = new Leadership();
    private final Progress progress = new Progress();
    private int running;
    private final MemoryOperatorControl control = new MemoryOperatorControl(time);
    private final ThrottleSettings settings = new ThrottleSettings(
            new Limits(Duration.ZERO, 50, 0, 0, 0, 0), Limits.NONE, List.of(), RunWindows.ALWAYS, false);
    private final ThrottleReporter reporter = new ThrottleReporter(
            new Throttle(
                    new Throttle.Sources(
                            () -> new ServerLoad.Reading(running, 0),
                            control::state,
                            () -> FleetCopies.Tries.NONE,
                            () -> RecordTotals.NONE,
                            time),
                    new ReplicaLag(List.of(), Duration.ZERO, time),
                    time,
                    settings,
                    1),
            (reason, expiry) -> reports.add(reason),
            leadership,
            progress,
            time,
            Duration.ofSeconds(30));

    @Test
    void reasonIsReportedToConsumersRepeatedlyAndItsEndOnce() {
        leadership.taken();
        running = 60;
        step();
        step();
        running = 5;
        step();
        step();

        assertThat(reports)
                .containsExactly("the database runs 60 statements > 50", "the database runs 60 statements > 50", "");
    }

    @Test
    void reportIsRepeatedBeforeItExpires() {
        assertThat(reporter.run()).isLessThan(ThrottleReporter.EXPIRY.dividedBy(2));
    }

    @Test
    void producerWithoutTheLockReportsNothing() {
        running = 60;
        step();

        assertThat(reports).isEmpty();
    }

    @Test
    void operatorsPauseIsShownButNotReportedToConsumers() {
        leadership.taken();
        control.pause("deploy", "ann");
        step();

        assertThat(progress.snapshot().holds()).containsExactly("paused: deploy");
        assertThat(reports).isEmpty();
    }

    @Test
    void limitThatIsExceededAndKeptByTurnsDoesNotFillTheLog() {
        try (LogCapture log = new LogCapture()) {
            for (int second = 0; second < 60; second++) {
                running = second % 2 == 0 ? 60 : 5;
                step();
            }

            assertThat(log.lines()).hasSize(4);
        }
    }

    private void step() {
        time.advance(Duration.ofSeconds(1));
        reporter.run();
    }
}
