package dev.rehome.producer.throttle;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.process.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes heartbeats to the primary and reads them at each replica. Every step needs a loop of its own, so that a replica
 * that doesn't respond delays neither the writer nor the readers of the others.
 *
 * @param leads whether this producer holds the lock; one that waits for it must not write heartbeats
 */
public record ReplicaLagMonitor(ReplicaHeartbeat heartbeat, ReplicaLag lag, BooleanSupplier leads) {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaLagMonitor.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** The steps by the names of their loops; none without replicas. */
    public Map<String, Loop.Step> steps() {
        Map<String, Loop.Step> steps = new LinkedHashMap<>();
        if (!heartbeat.replicas().isEmpty()) {
            steps.put("heartbeat for replicas", this::write);
            heartbeat.replicas().forEach(replica -> steps.put("replica " + replica, reader(replica)));
        }
        return steps;
    }

    /** Writes one heartbeat to the primary. */
    Duration write() {
        if (leads.getAsBoolean()) {
            Instant now = lag.now();
            try {
                heartbeat.beat(now);
            } catch (Unavailable | Rejected trouble) {
                LOG.warn("{}; the run is throttled until a heartbeat can be written", trouble.getMessage());
                return RETRY;
            }
            lag.written(now);
        }
        return lag.period();
    }

    /** A step that reads the heartbeat at one of {@link ReplicaHeartbeat#replicas}. */
    Loop.Step reader(String replica) {
        return new Reader(replica);
    }

    private final class Reader implements Loop.Step {
        private final String replica;
        private boolean unreachable;

        private Reader(String replica) {
            this.replica = replica;
        }

        @Override
        public Duration run() {
            try {
                Optional<Instant> arrived = heartbeat.lastSeen(replica);
                arrived.ifPresent(time -> lag.arrived(replica, time));
                if (unreachable && arrived.isPresent()) {
                    LOG.info("Replica {} responds again", replica);
                    unreachable = false;
                }
                return lag.period();
            } catch (Unavailable | Rejected trouble) {
                if (!unreachable) {
                    LOG.warn(
                            "{}; the run is throttled until replica {} responds or is removed from THROTTLE_REPLICAS",
                            trouble.getMessage(),
                            replica);
                    unreachable = true;
                }
                lag.unreadable(replica, "not responding");
                return RETRY;
            }
        }
    }
}
