package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.throttle.ReplicaLag;
import dev.rehome.producer.throttle.RunWindows;
import dev.rehome.producer.throttle.Throttle;
import dev.rehome.producer.throttle.ThrottleSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThrottleReporterTest {
    private final TestClock time = new TestClock();
    private final List<String> reports = new ArrayList<>();
    private String pause = "";
    private final Leadership leadership = new Leadership();
    private final Progress progress = new Progress();
    private int running;
    private final ThrottleSettings settings =
            new ThrottleSettings(50, 0, List.of(), Duration.ofSeconds(1), RunWindows.ALWAYS);
    private final ThrottleReporter reporter = new ThrottleReporter(
            new Throttle(
                    () -> new ServerLoad.Reading(running, 0),
                    () -> pause,
                    Optional::empty,
                    new ReplicaLag(List.of(), settings.maxReplicaLag(), time),
                    time,
                    settings),
            (reason, expiry) -> reports.add(reason),
            leadership,
            progress);

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
        pause = "deploy";
        step();

        assertThat(progress.snapshot().holds()).containsExactly("paused: deploy");
        assertThat(reports).isEmpty();
    }

    private void step() {
        time.advance(Duration.ofSeconds(1));
        reporter.run();
    }
}
