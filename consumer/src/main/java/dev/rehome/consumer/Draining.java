package dev.rehome.consumer;

import dev.rehome.common.process.Loop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order in which a consumer stops: claim no more; let batches finish while there is time; give the rest back; end
 * the heartbeat last, because until then the leases must live.
 */
record Draining(Loop consuming, Loop heartbeat, ActiveLeases leases, ExecutorService workers, InstantSource time) {
    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);

    /** Stops within the given times. A claim that a silent server holds up costs time to finish, not to give back. */
    void stopWithin(StopBudget budget) {
        Instant began = time.instant();
        if (!consuming.close(budget.finishing())) {
            LOG.warn("Stopping: the queue or the database is silent; not waiting for it");
        }
        workers.shutdown();
        if (leases.size() > 0) {
            LOG.info(
                    "Stopping: {} batches have {} s to finish",
                    leases.size(),
                    budget.finishing().toSeconds());
        }
        if (!await(
                budget.finishing().minus(Duration.between(began, time.instant()).abs()))) {
            leases.all().forEach(ActiveLeases.Held::giveUp);
            if (!await(budget.givingBack())) {
                LOG.warn("Not all batches were given back in time; their leases will run out");
                workers.shutdownNow();
            }
        }
        heartbeat.close();
    }

    private boolean await(Duration time) {
        try {
            return workers.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
