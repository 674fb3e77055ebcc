package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.throttle.ManualControl;
import dev.rehome.producer.throttle.ReplicaLag;
import dev.rehome.producer.throttle.Throttle;
import dev.rehome.producer.throttle.ThrottleSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleReporterTest {
    private final TestClock time = new TestClock();
    private final ManualControl control = new ManualControl();
    private final Leadership leadership = new Leadership();
    private final Progress progress = new Progress();
    private int running;
    private final ThrottleSettings settings = new ThrottleSettings(50, 0, List.of(), Duration.ofSeconds(1));
    private final ThrottleReporter reporter = new ThrottleReporter(
            new Throttle(
                    new Load(), control, new ReplicaLag(List.of(), settings.maxReplicaLag(), time), time, settings),
            control,
            leadership,
            progress);

    @Test
    void reasonIsReportedToConsumersRepeatedlyAndItsEndOnce() {
        leadership.taken();
        running = 60;
        step();
        step();
        assertThat(control.throttleReason()).contains("60 statements");
        assertThat(control.reports()).as("before it expires").isEqualTo(2);

        running = 5;
        step();
        step();

        assertThat(control.throttleReason()).isEmpty();
        assertThat(control.reports()).isEqualTo(3);
    }

    @Test
    void reportIsRepeatedBeforeItExpires() {
        assertThat(reporter.run()).isLessThan(ThrottleReporter.EXPIRY.dividedBy(2));
    }

    @Test
    void producerWithoutTheLockReportsNothing() {
        running = 60;
        step();

        assertThat(control.reports()).isZero();
    }

    @Test
    void operatorsPauseIsShownButNotReportedToConsumers() {
        leadership.taken();
        control.pause("deploy");
        step();

        assertThat(progress.snapshot().waiting()).isEqualTo("paused: deploy");
        assertThat(control.reports()).isZero();
    }

    private void step() {
        time.advance(Duration.ofSeconds(1));
        reporter.run();
    }

    private final class Load implements ServerLoad {
        @Override
        public Reading read() {
            return new Reading(running, 0);
        }

        @Override
        public int replicas() {
            throw new AssertionError("the reporter counts no replicas");
        }
    }
}
