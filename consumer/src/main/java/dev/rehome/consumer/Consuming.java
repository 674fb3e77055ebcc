package dev.rehome.consumer;

import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.Claim;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims batches, several at a time, so that a straggler holds nothing up. Polls with jitter: a batch takes seconds, so
 * nothing is gained by blocking on the queue, and a blocked socket can't be told from a dead one.
 *
 * <p>A batch whose consumer died before is worked on alone: if it is what kills consumers, it must not take the attempts
 * of innocent batches with it.
 */
final class Consuming implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Consuming.class);
    private static final int POLL_LEAST_MILLIS = 100;
    private static final int POLL_SPREAD_MILLIS = 200;
    private static final Duration FULL = Duration.ofMillis(20);

    private final BatchClaimer queue;
    private final BatchProcessing processing;
    private final ActiveLeases leases;
    private final AccessCircuitBreaker circuit;
    private final RunState run;
    private final ExecutorService workers;
    private final int batches;
    private final RandomGenerator random;
    private final Consumer<Throwable> onFailure;
    private final InstantSource time;
    private boolean alone;

    Consuming(
            BatchClaimer queue,
            BatchProcessing processing,
            ActiveLeases leases,
            AccessCircuitBreaker circuit,
            RunState run,
            ExecutorService workers,
            int batches,
            RandomGenerator random,
            InstantSource time,
            Consumer<Throwable> onFailure) {
        this.queue = queue;
        this.processing = processing;
        this.leases = leases;
        this.circuit = circuit;
        this.run = run;
        this.workers = workers;
        this.batches = batches;
        this.random = random;
        this.time = time;
        this.onFailure = onFailure;
    }

    @Override
    public Duration run() {
        if (leases.size() >= (alone ? 1 : batches)) {
            return FULL;
        }
        alone = false;
        if (circuit.holdsClaims() || run.isHeld()) {
            return poll();
        }
        Optional<Claim> claim = run.current().flatMap(queue::claim);
        if (claim.isEmpty()) {
            run.idle(time.instant(), leases.size());
            return poll();
        }
        run.busy();
        alone = claim.get().attempt() > 1;
        if (alone && leases.size() > 0) {
            queue.release(claim.get().lease(), false);
        } else {
            start(claim.get());
        }
        return Duration.ZERO;
    }

    private void start(Claim claim) {
        ActiveLeases.Held held = leases.add(claim.lease());
        LOG.debug(
                "Batch {}: {} records, attempt {}",
                claim.batch().id(),
                claim.batch().size(),
                claim.attempt());
        try {
            workers.execute(() -> work(claim, held));
        } catch (RejectedExecutionException stopping) {
            // The claim took longer than the stop could wait for it.
            leases.remove(claim.lease());
            queue.release(claim.lease(), false);
        }
    }

    private void work(Claim claim, ActiveLeases.Held held) {
        try {
            BatchProcessing.End end = processing.process(claim, held);
            LOG.debug("Batch {}: {}", claim.batch().id(), end);
        } catch (RuntimeException | Error fatal) {
            onFailure.accept(fatal);
        } finally {
            leases.remove(claim.lease());
        }
    }

    private Duration poll() {
        return Duration.ofMillis(POLL_LEAST_MILLIS + random.nextInt(POLL_SPREAD_MILLIS));
    }
}
