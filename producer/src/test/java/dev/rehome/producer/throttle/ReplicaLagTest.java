package dev.rehome.producer.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaLagTest {
    private static final Duration LIMIT = Duration.ofMillis(1_500);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final ReplicaLag lag = new ReplicaLag(List.of("a", "b:3307"), LIMIT, () -> now);

    @Test
    void withoutReplicasNothingHoldsHoweverMuchTimePasses() {
        ReplicaLag none = new ReplicaLag(List.of(), LIMIT, () -> now);
        pass(60_000);
        assertThat(none.reasons()).isEmpty();
    }

    @Test
    void replicaThatShowedNothingYetHolds() {
        beat("b:3307");
        assertThat(lag.reasons()).containsExactly("replica a shows no heartbeat of this producer yet");
    }

    @Test
    void heartbeatsThatArriveInTimeHoldNothing() {
        beat("a", "b:3307");
        assertThat(lag.reasons()).isEmpty();
        pass(1_500);
        lag.written(now);
        assertThat(lag.reasons()).as("just the limit").isEmpty();
    }

    @Test
    void stoppedReplicaFallsBehindFurtherAndFurtherUntilItCatchesUp() {
        beat("a", "b:3307");
        pass(1_600);
        beat("b:3307");
        assertThat(lag.reasons()).containsExactly("replica a is 1.6 s behind > 1.5");
        pass(1_000);
        beat("b:3307");
        assertThat(lag.reasons()).containsExactly("replica a is 2.6 s behind > 1.5");
        beat("a");
        assertThat(lag.reasons()).isEmpty();
    }

    @Test
    void replicaThatDoesNotAnswerFallsBehindAndSaysSo() {
        beat("a", "b:3307");
        lag.silent("a", "it doesn't answer");
        assertThat(lag.reasons()).as("a hiccup").isEmpty();
        pass(2_000);
        beat("b:3307");
        assertThat(lag.reasons()).containsExactly("replica a is 2.0 s behind > 1.5 (it doesn't answer)");
        beat("a");
        assertThat(lag.reasons()).isEmpty();
    }

    @Test
    void heartbeatThatCannotBeWrittenIsNotTakenForLag() {
        beat("a", "b:3307");
        pass(2_000);
        assertThat(lag.reasons()).containsExactly("no heartbeat for replicas was written to the primary for 2.0 s");
    }

    @Test
    void heartbeatFromTheTimeBeforeTheClockWasSetBackTellsNothing() {
        beat("a", "b:3307");
        pass(-3_600_000);
        assertThat(lag.reasons()).hasSize(2).allMatch(reason -> reason.contains("no heartbeat of this producer yet"));
        beat("a", "b:3307");
        assertThat(lag.reasons()).isEmpty();
    }

    @Test
    void replicaWithoutLagNeverLooksAsIfItHadHalfOfTheLimit() {
        for (int millis : new int[] {500, 1_500, 60_000}) {
            Duration limit = Duration.ofMillis(millis);
            Duration period = new ReplicaLag(List.of(), limit, () -> now).period();
            assertThat(period.multipliedBy(2)).isLessThan(limit.dividedBy(2).plusMillis(1));
            assertThat(period).isBetween(Duration.ofMillis(100), Duration.ofMillis(500));
        }
    }

    private void beat(String... arriving) {
        lag.written(now);
        for (String replica : arriving) {
            lag.shown(replica, now);
        }
    }

    private void pass(long millis) {
        now = now.plusMillis(millis);
    }
}
