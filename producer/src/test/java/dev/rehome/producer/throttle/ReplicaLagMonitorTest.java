package dev.rehome.producer.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Rejected;
import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.process.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaLagMonitorTest {
    private final Replicated replicated = new Replicated();
    private final TestClock clock = new TestClock();
    private boolean leads = true;
    private final ReplicaLag lag = new ReplicaLag(replicated.replicas(), Duration.ofSeconds(1), clock);
    private final ReplicaLagMonitor monitor = new ReplicaLagMonitor(replicated, lag, () -> leads);
    private final Loop.Step writing = monitor::write;
    private final Loop.Step reading = monitor.reader("r");

    @Test
    void heartbeatThatArrivesDoesNotThrottle() {
        step(200);
        assertThat(lag.reasons()).isEmpty();
    }

    @Test
    void stoppedReplicationThrottlesUntilItResumes() {
        step(200);
        replicated.stopped = true;
        step(1_200);
        assertThat(lag.reasons()).containsExactly("replica r lags 1.2 s > 1.0");
        replicated.stopped = false;
        step(200);
        assertThat(lag.reasons()).isEmpty();
    }

    @Test
    void producerWithoutTheLockWritesNothing() {
        leads = false;
        step(200);
        assertThat(replicated.primary).isNull();
    }

    @Test
    void replicaErrorThrottlesTheRunAndEndsNoLoop() {
        step(200);
        for (RuntimeException trouble : List.of(new Unavailable("away"), new Rejected("access denied", null))) {
            replicated.trouble = trouble;
            step(1_200);
            assertThat(lag.reasons()).containsExactly("replica r lags 1.2 s > 1.0 (not responding)");
            replicated.trouble = null;
            step(200);
            assertThat(lag.reasons()).isEmpty();
        }
    }

    @Test
    void readOnlyPrimaryThrottlesTheRunAndEndsNoLoop() {
        step(200);
        replicated.readOnly = true;
        step(1_200);
        assertThat(lag.reasons()).singleElement().asString().contains("was written to the primary");
    }

    private void step(long millis) {
        clock.advance(Duration.ofMillis(millis));
        writing.run();
        reading.run();
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
            throw new AssertionError("only the preflight pings");
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
            throw new AssertionError("the monitor doesn't own it");
        }
    }
}
