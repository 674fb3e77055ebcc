package dev.rehome.consumer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.BatchClaimer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extends the leases, three times as often as they would run out, on a thread and a connection of its own. Stopped last:
 * while work is finished or given back, its leases must live.
 */
final class Heartbeat implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final BatchClaimer queue;
    private final ActiveLeases leases;

    Heartbeat(BatchClaimer queue, ActiveLeases leases) {
        this.queue = queue;
        this.leases = leases;
    }

    @Override
    public Duration run() {
        for (ActiveLeases.Held held : leases.all()) {
            try {
                if (!held.isLost() && !queue.heartbeat(held.lease())) {
                    LOG.warn(
                            "Batch {}: the lease is lost; another consumer finishes it",
                            held.lease().batch());
                    held.lose();
                }
            } catch (Unavailable silent) {
                // Not a reason to stop working: if the lease runs out meanwhile, completing will be refused.
                LOG.warn(
                        "Batch {}: no heartbeat: {}; trying again", held.lease().batch(), silent.getMessage());
                return Duration.ofMillis(Math.min(500, period().toMillis()));
            }
        }
        return period();
    }

    private Duration period() {
        return queue.leaseTime().dividedBy(3);
    }
}
