package dev.rehome.consumer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.BatchClaimer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extends the leases three times in their length, on a thread and a connection of its own. It stops last: while batches
 * are finished or released, their leases must last.
 */
record Heartbeat(BatchClaimer queue, ActiveLeases leases) implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    @Override
    public Duration run() {
        for (ActiveLease active : leases.all()) {
            try {
                extend(active);
            } catch (Unavailable failure) {
                // The work continues: if the lease expires meanwhile, the queue refuses to complete the batch.
                LOG.warn(
                        "Batch {}: heartbeat failed: {}; retrying",
                        active.lease().batch(),
                        failure.getMessage());
                return Duration.ofMillis(Math.min(500, interval().toMillis()));
            }
        }
        return interval();
    }

    private Duration interval() {
        return queue.leaseTime().dividedBy(3);
    }

    private void extend(ActiveLease active) {
        Duration before = leases.clock().now();
        if (active.isLost()) {
            return;
        }
        if (queue.heartbeat(active.lease())) {
            active.extendUntil(before.plus(queue.leaseTime()));
        } else {
            LOG.warn(
                    "Batch {}: the lease was lost; another consumer finishes the batch",
                    active.lease().batch());
            active.lose();
        }
    }
}
