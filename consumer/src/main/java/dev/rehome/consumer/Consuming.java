package dev.rehome.consumer;

import dev.rehome.common.process.LogFields;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.Claim;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Claims batches, several at a time, so that a slow one doesn't delay the others. Polls with jitter: a batch takes
 * seconds, so a blocking claim would gain nothing, and a blocked socket looks like a dead one.
 *
 * <p>A redelivered batch is processed alone, in case it's what crashed the previous consumer: it must not take the
 * attempts of other batches with it.
 */
final class Consuming implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Consuming.class);
    private static final int LEAST_POLL_MILLIS = 100;
    private static final int POLL_JITTER_MILLIS = 200;
    private static final Duration ALL_BUSY = Duration.ofMillis(20);

    private final BatchClaimer queue;
    private final BatchProcessing processing;
    private final ActiveLeases leases;
    private final AccessCircuitBreaker circuit;
    private final CompletionWatch completion;
    private final Workers workers;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private boolean alone;

    /**
     * The threads of batches in flight.
     *
     * @param threads run the batches
     * @param batches the most batches in flight
     * @param onFailure called with what ends the consumer
     */
    record Workers(ExecutorService threads, int batches, Consumer<Throwable> onFailure) {}

    Consuming(
            BatchClaimer queue,
            BatchProcessing processing,
            ActiveLeases leases,
            AccessCircuitBreaker circuit,
            CompletionWatch completion,
            Workers workers) {
        this.queue = queue;
        this.processing = processing;
        this.leases = leases;
        this.circuit = circuit;
        this.completion = completion;
        this.workers = workers;
    }

    @Override
    public Duration run() {
        if (leases.size() >= (alone ? 1 : workers.batches())) {
            return ALL_BUSY;
        }
        alone = false;
        if (completion.isHeld() || !circuit.tryAllow()) {
            return poll();
        }
        Duration before = leases.clock().now();
        Optional<Claim> claim = completion.latestRun().flatMap(queue::claim);
        if (claim.isEmpty()) {
            completion.idle(leases.size());
            return poll();
        }
        completion.busy();
        alone = claim.get().attempt() > 1;
        if (alone && leases.size() > 0) {
            queue.release(claim.get().lease(), false);
        } else {
            start(claim.get(), before);
        }
        return Duration.ZERO;
    }

    private void start(Claim claim, Duration claimedAt) {
        ActiveLease lease = leases.add(claim.lease(), claimedAt.plus(queue.leaseTime()));
        LOG.debug(
                "Batch {}: claimed with {} records, attempt {}",
                claim.batch().id(),
                claim.batch().size(),
                claim.attempt());
        try {
            workers.threads().execute(() -> process(claim, lease));
        } catch (RejectedExecutionException stopping) {
            // The claim took longer than the shutdown could wait for it.
            leases.remove(claim.lease());
            queue.release(claim.lease(), false);
        }
    }

    private void process(Claim claim, ActiveLease lease) {
        MDC.put(LogFields.CONSUMER, claim.lease().owner());
        MDC.put(LogFields.RUN, Integer.toString(claim.batch().run().number()));
        MDC.put(LogFields.BATCH, claim.batch().id().toString());
        try {
            BatchProcessing.ClaimResult result = processing.process(claim, lease);
            LOG.debug("Batch {}: {}", claim.batch().id(), result);
        } catch (RuntimeException | Error fatal) {
            workers.onFailure().accept(fatal);
        } finally {
            leases.remove(claim.lease());
            MDC.clear();
        }
    }

    private Duration poll() {
        return Duration.ofMillis(LEAST_POLL_MILLIS + random.nextInt(POLL_JITTER_MILLIS));
    }
}
