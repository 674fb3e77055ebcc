package dev.rehome.consumer;

import dev.rehome.common.process.Loop;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order in which a consumer stops: claim no more; let batches finish while there is time; give the rest back; end
 * the heartbeat last, because until then the leases must live.
 */
record Draining(Loop consuming, Loop heartbeat, ActiveLeases leases, ExecutorService workers) {
    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);

    /** Stops within the given times. */
    void stopWithin(StopBudget budget) {
        consuming.close();
        workers.shutdown();
        if (leases.size() > 0) {
            LOG.info(
                    "Stopping: {} batches have {} s to finish",
                    leases.size(),
                    budget.finishing().toSeconds());
        }
        if (!await(budget.finishing())) {
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
