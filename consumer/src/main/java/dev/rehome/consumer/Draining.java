package dev.rehome.consumer;

import dev.rehome.common.process.Loop;
import dev.rehome.common.process.Plural;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a consumer: claim nothing more, let batches finish while there is time, release the others, and stop the
 * heartbeat last, because leases must last until then.
 */
record Draining(Loop consuming, Loop heartbeat, ActiveLeases leases, ExecutorService workers) {
    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);

    /** Stops within the timeouts. A claim that an unresponsive server delays takes its time from finishing. */
    void stopWithin(ShutdownTimeouts timeouts) {
        Duration begun = leases.clock().now();
        if (!consuming.close(timeouts.finishing())) {
            LOG.warn("Stopping: the queue or the database does not respond to a claim; not waiting for it any longer");
        }
        workers.shutdown();
        if (leases.size() > 0) {
            LOG.info(
                    "Stopping: waiting up to {} s for {} to finish, then releasing the rest",
                    timeouts.finishing().toSeconds(),
                    Plural.of(leases.size(), "batch"));
        }
        Duration elapsed = leases.clock().now().minus(begun);
        if (!await(timeouts.finishing().minus(elapsed))) {
            leases.all().forEach(ActiveLease::cancel);
            if (!await(timeouts.releasing())) {
                LOG.warn(
                        "Stopping: {} could not be released in time; the leases will expire",
                        Plural.of(leases.size(), "batch"));
                workers.shutdownNow();
            }
        }
        heartbeat.close();
    }

    private boolean await(Duration time) {
        try {
            return workers.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
