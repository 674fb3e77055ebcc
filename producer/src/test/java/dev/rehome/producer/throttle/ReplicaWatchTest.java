package dev.rehome.producer.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.process.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaWatchTest {
    private final Replicated replicated = new Replicated();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private boolean leads = true;
    private final ReplicaLag lag = new ReplicaLag(replicated.replicas(), Duration.ofSeconds(1), () -> now);
    private final ReplicaWatch watch = new ReplicaWatch(replicated, lag, () -> now, () -> leads);
    private final Loop.Step beating = watch.beating();
    private final Loop.Step watching = watch.watching("r");

    @Test
    void whatIsWrittenToThePrimaryIsLookedForAtTheReplica() {
        step(200);
        assertThat(lag.reasons()).isEmpty();
    }

    @Test
    void stoppedReplicationHoldsUntilItGoesOn() {
        step(200);
        replicated.stopped = true;
        step(1_200);
        assertThat(lag.reasons()).containsExactly("replica r is 1.2 s behind > 1.0");
        replicated.stopped = false;
        step(200);
        assertThat(lag.reasons()).isEmpty();
    }

    @Test
    void producerThatDoesNotLeadWritesNothing() {
        leads = false;
        step(200);
        assertThat(replicated.primary).isNull();
    }

    @Test
    void troubleWithAReplicaHoldsTheRunAndEndsNoLoop() {
        step(200);
        for (RuntimeException trouble : List.of(new Unavailable("away"), new Rejected("access denied", null))) {
            replicated.trouble = trouble;
            step(1_200);
            assertThat(lag.reasons()).containsExactly("replica r is 1.2 s behind > 1.0 (it doesn't answer)");
            replicated.trouble = null;
            step(200);
            assertThat(lag.reasons()).isEmpty();
        }
    }

    @Test
    void primaryThatTakesNoHeartbeatHoldsTheRunAndEndsNoLoop() {
        step(200);
        replicated.readOnly = true;
        step(1_200);
        assertThat(lag.reasons()).singleElement().asString().contains("was written to the primary");
    }

    private void step(long millis) {
        now = now.plusMillis(millis);
        beating.run();
        watching.run();
    }

    /** One primary and one replica in memory. */
    private static final class Replicated implements ReplicaHeartbeat {
        private Instant primary;
        private Instant replica;
        private boolean stopped;
        private boolean readOnly;
        private RuntimeException trouble;

        @Override
        public List<String> replicas() {
            return List.of("r");
        }

        @Override
        public void beat(Instant moment) {
            if (readOnly) {
                throw new Unavailable("read-only");
            }
            primary = moment;
        }

        @Override
        public void ping(String name) {
            throw new AssertionError("only a preflight asks that");
        }

        @Override
        public Optional<Instant> lastSeen(String name) {
            if (trouble != null) {
                throw trouble;
            }
            replica = stopped ? replica : primary;
            return Optional.ofNullable(replica);
        }

        @Override
        public void close() {
            throw new AssertionError("not the watch's to close");
        }
    }
}
