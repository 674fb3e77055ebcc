package dev.rehome.producer.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.catalog.ServerAddress;
import dev.rehome.common.catalog.ServerLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final ManualControl control = new ManualControl();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int running = 1;
    private int waiting;
    private final ReplicaLag lag = new ReplicaLag(List.of("r"), LIMIT, () -> now);
    private final Throttle throttle = throttle(50, 3);

    @Test
    void nothingHoldsAQuietServer() {
        beat();
        assertThat(throttle.reason()).isEmpty();
        assertThat(throttle.strain()).isEmpty();
    }

    @Test
    void allReasonsAreTold() {
        beat();
        running = 61;
        waiting = 4;
        control.pause("deploy");
        now = now.plusSeconds(3);
        lag.written(now);

        assertThat(throttle.reason())
                .isEqualTo("paused: deploy; replica r is 3.0 s behind > 2.0; MariaDB runs 61 statements > 50;"
                        + " 4 statements of MariaDB wait for row locks > 3");
    }

    @Test
    void operatorsPauseIsNoStrain() {
        beat();
        control.pause("deploy");

        assertThat(throttle.reason()).isEqualTo("paused: deploy");
        assertThat(throttle.strain()).isEmpty();
    }

    @Test
    void asMuchAsTheLimitHoldsNothing() {
        beat();
        running = 50;
        waiting = 3;

        assertThat(throttle.reason()).isEmpty();
    }

    @Test
    void zeroIsNoLimit() {
        beat();
        running = 10_000;
        waiting = 10_000;

        assertThat(throttle(0, 0).reason()).isEmpty();
        assertThat(throttle(0, 3).reason()).contains("row locks").doesNotContain("runs");
        assertThat(throttle(50, 0).reason()).contains("runs").doesNotContain("row locks");
    }

    @Test
    void factsAreAskedForOnceASecond() {
        beat();
        throttle.reason();
        running = 61;
        assertThat(throttle.reason()).isEmpty();

        now = now.plusSeconds(1);

        assertThat(throttle.reason()).isNotEmpty();
    }

    @Test
    void endsByItself() {
        beat();
        running = 61;
        assertThat(throttle.reason()).isNotEmpty();
        running = 2;
        now = now.plusSeconds(1);
        beat();

        assertThat(throttle.reason()).isEmpty();
    }

    @Test
    void clockThatIsSetBackDoesNotKeepAnOldReason() {
        beat();
        running = 61;
        throttle.reason();
        running = 2;
        now = now.minusSeconds(3_600);
        beat();

        assertThat(throttle.reason()).isEmpty();
    }

    private Throttle throttle(int maxRunning, int maxWaiting) {
        ThrottleSettings settings =
                new ThrottleSettings(maxRunning, maxWaiting, List.of(ServerAddress.parse("r")), LIMIT);
        return new Throttle(new Load(), control, lag, () -> now, settings);
    }

    private void beat() {
        lag.written(now);
        lag.shown("r", now);
    }

    private final class Load implements ServerLoad {
        @Override
        public Reading read() {
            return new Reading(running, waiting);
        }

        @Override
        public int replicas() {
            throw new AssertionError("a throttle counts no replicas");
        }
    }
}
