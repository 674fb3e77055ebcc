package dev.rehome.producer.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaLagTest {
    private static final Duration LIMIT = Duration.ofMillis(1_500);

    private final TestClock clock = new TestClock();
    private final ReplicaLag lag = new ReplicaLag(List.of("a", "b:3307"), LIMIT, clock);

    @Test
    void withoutReplicasNothingThrottles() {
        ReplicaLag none = new ReplicaLag(List.of(), LIMIT, clock);
        pass(60_000);
        assertThat(none.reasons()).isEmpty();
    }

    @Test
    void unknownLagIsAReason() {
        beat("b:3307");
        assertThat(lag.reasons()).containsExactly("replica a has received no heartbeat from this producer yet");
    }

    @Test
    void lagUpToTheLimitDoesNotThrottle() {
        beat("a", "b:3307");
        assertThat(lag.reasons()).isEmpty();
        pass(1_500);
        lag.written(lag.now());
        assertThat(lag.reasons()).as("exactly the limit").isEmpty();
    }

    @Test
    void lagOfAStoppedReplicaGrowsUntilItCatchesUp() {
        beat("a", "b:3307");
        pass(1_600);
        beat("b:3307");
        assertThat(lag.reasons()).containsExactly("replica a lags 1.6 s > 1.5");
        pass(1_000);
        beat("b:3307");
        assertThat(lag.reasons()).containsExactly("replica a lags 2.6 s > 1.5");
        beat("a");
        assertThat(lag.reasons()).isEmpty();
    }

    @Test
    void lagOfAnUnreachableReplicaGrowsAndNamesTheCause() {
        beat("a", "b:3307");
        lag.unreadable("a", "not responding");
        assertThat(lag.reasons()).as("one failed read").isEmpty();
        pass(2_000);
        beat("b:3307");
        assertThat(lag.reasons()).containsExactly("replica a lags 2.0 s > 1.5 (not responding)");
        beat("a");
        assertThat(lag.reasons()).isEmpty();
    }

    @Test
    void unwrittenHeartbeatIsNotReportedAsReplicaLag() {
        beat("a", "b:3307");
        pass(2_000);
        assertThat(lag.reasons()).containsExactly("no heartbeat was written to the primary for 2.0 s");
    }

    @Test
    void periodIsShortEnoughThatNoLagNeverLooksLikeHalfTheLimit() {
        for (int millis : new int[] {500, 1_500, 60_000}) {
            Duration limit = Duration.ofMillis(millis);
            Duration period = new ReplicaLag(List.of(), limit, clock).period();
            assertThat(period.multipliedBy(2)).isLessThan(limit.dividedBy(2).plusMillis(1));
            assertThat(period).isBetween(Duration.ofMillis(100), Duration.ofMillis(500));
        }
    }

    private void beat(String... arriving) {
        lag.written(lag.now());
        for (String replica : arriving) {
            lag.arrived(replica, lag.now());
        }
    }

    private void pass(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }
}
