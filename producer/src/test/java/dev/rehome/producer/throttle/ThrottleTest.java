package dev.rehome.producer.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.catalog.ServerAddress;
import dev.rehome.common.catalog.ServerLoad;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private String pause = "";
    private Optional<String> closed = Optional.empty();
    private final TestClock clock = new TestClock();
    private int running = 1;
    private int waiting;
    private final ReplicaLag lag = new ReplicaLag(List.of("r"), LIMIT, clock);
    private final Throttle throttle = throttle(50, 3);

    @Test
    void idleServerIsNoReason() {
        beat();
        assertThat(throttle.reason()).isEmpty();
        assertThat(throttle.loadReason()).isEmpty();
    }

    @Test
    void allReasonsAreListed() {
        beat();
        running = 61;
        waiting = 4;
        pause = "paused: deploy";
        clock.advance(Duration.ofSeconds(3));
        lag.written(lag.now());

        assertThat(throttle.reason())
                .isEqualTo("paused: deploy; replica r lags 3.0 s > 2.0; the database runs 61 statements > 50;"
                        + " 4 statements wait for row locks > 3");
    }

    @Test
    void closedRunWindowHoldsTheConsumersToo() {
        beat();
        closed = Optional.of("outside the run windows");

        assertThat(throttle.reason()).isEqualTo("outside the run windows");
        assertThat(throttle.loadReason()).isEqualTo("outside the run windows");
    }

    @Test
    void operatorsPauseIsNoLoadReason() {
        beat();
        pause = "paused: deploy";

        assertThat(throttle.reason()).isEqualTo("paused: deploy");
        assertThat(throttle.loadReason()).isEmpty();
    }

    @Test
    void loadUpToTheLimitIsNoReason() {
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
    void factsAreReadOnceASecond() {
        beat();
        throttle.reason();
        running = 61;
        assertThat(throttle.reason()).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(throttle.reason()).isNotEmpty();
    }

    @Test
    void reasonEndsWithItsCause() {
        beat();
        running = 61;
        assertThat(throttle.reason()).isNotEmpty();
        running = 2;
        clock.advance(Duration.ofSeconds(1));
        beat();

        assertThat(throttle.reason()).isEmpty();
    }

    private Throttle throttle(int maxRunning, int maxWaiting) {
        ThrottleSettings settings = new ThrottleSettings(
                maxRunning, maxWaiting, List.of(ServerAddress.parse("r")), LIMIT, RunWindows.ALWAYS);
        return new Throttle(
                () -> new ServerLoad.Reading(running, waiting), () -> pause, () -> closed, lag, clock, settings);
    }

    private void beat() {
        lag.written(lag.now());
        lag.arrived("r", lag.now());
    }
}
