package dev.rehome.producer.throttle;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.process.Loop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the heartbeat and looks for it at each replica. Each of its steps is for a loop of its own: a replica that
 * doesn't answer must not hide what the others show.
 */
public final class ReplicaWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaWatch.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final ReplicaHeartbeat heartbeat;
    private final ReplicaLag lag;
    private final InstantSource time;
    private final BooleanSupplier leads;

    /** {@code leads}: whether this producer works now; another one that waits for it must not write. */
    public ReplicaWatch(ReplicaHeartbeat heartbeat, ReplicaLag lag, InstantSource time, BooleanSupplier leads) {
        this.heartbeat = heartbeat;
        this.lag = lag;
        this.time = time;
        this.leads = leads;
    }

    /** Writes a heartbeat to the primary. */
    public Loop.Step beating() {
        return () -> {
            if (leads.getAsBoolean()) {
                Instant now = time.instant();
                try {
                    heartbeat.beat(now);
                } catch (Unavailable | Rejected trouble) {
                    LOG.warn("{}; the run waits meanwhile", trouble.getMessage());
                    return AFTER_TROUBLE;
                }
                lag.written(now);
            }
            return lag.period();
        };
    }

    /** Looks for the heartbeat at one of {@link ReplicaHeartbeat#replicas}. */
    public Loop.Step watching(String replica) {
        return new Watching(replica);
    }

    private final class Watching implements Loop.Step {
        private final String replica;
        private boolean silent;

        private Watching(String replica) {
            this.replica = replica;
        }

        @Override
        public Duration run() {
            try {
                Optional<Instant> arrived = heartbeat.lastSeen(replica);
                arrived.ifPresent(moment -> lag.shown(replica, moment));
                if (silent && arrived.isPresent()) {
                    LOG.info("Replica {} answers", replica);
                    silent = false;
                }
                return lag.period();
            } catch (Unavailable | Rejected trouble) {
                if (!silent) {
                    LOG.warn(
                            "{}; the run waits until it is there, or is taken out of THROTTLE_REPLICAS",
                            trouble.getMessage());
                    silent = true;
                }
                lag.silent(replica, "it doesn't answer");
                return AFTER_TROUBLE;
            }
        }
    }
}
