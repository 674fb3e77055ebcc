package dev.rehome.consumer;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.Retries;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Refusal;
import dev.rehome.consumer.BatchCopy.CopyState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes a claimed batch: copies the objects whose records have no outcome yet, commits the outcomes, and then
 * reports the batch complete. A crash between two of these steps repeats only the later ones. Each batch in flight has a
 * thread of its own.
 */
final class BatchProcessing {
    /** The end of a claim. */
    enum ClaimResult {
        COMPLETED,
        RELEASED,
        LOST
    }

    private static final Logger LOG = LoggerFactory.getLogger(BatchProcessing.class);
    /** Outcomes in one insert: a crash repeats at most this many copies. */
    private static final int SLICE = 1_000;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final BatchClaimer queue;
    private final OutcomeLedger ledger;
    private final BatchCopy copies;
    private final AccessCircuitBreaker circuit;
    private final ConsumerProgress progress;
    private final Retries retries = new Retries(BACKOFF, MonotonicClock.system());

    BatchProcessing(
            BatchClaimer queue,
            OutcomeLedger ledger,
            BatchCopy copies,
            AccessCircuitBreaker circuit,
            ConsumerProgress progress) {
        this.queue = queue;
        this.ledger = ledger;
        this.copies = copies;
        this.circuit = circuit;
        this.progress = progress;
    }

    /**
     * Processes the batch until it is completed, released or lost.
     *
     * @throws Rejected if this consumer, or any, can't process batches; the batch was released
     */
    ClaimResult process(Claim claim, ActiveLease lease) {
        try {
            Set<Integer> recorded =
                    untilCancelled(lease, () -> ledger.recorded(claim.batch().id()));
            CopyState state = new Work(claim.batch(), lease).copy(BatchObject.of(claim.batch(), recorded));
            return state == CopyState.FINISHED ? complete(lease) : release(lease, state == CopyState.BROKEN);
        } catch (Unavailable cancelled) {
            return release(lease, false);
        } catch (Rejected rejected) {
            // The batch is sound, and another consumer may process it, so the attempt doesn't count.
            release(lease, false);
            throw rejected;
        }
    }

    private ClaimResult complete(ActiveLease lease) {
        if (untilCancelled(lease, () -> queue.complete(lease.lease())) == CompleteResult.LOST) {
            LOG.warn(
                    "Batch {}: the lease was lost before the batch was complete; another consumer finishes it",
                    lease.lease().batch());
            return ClaimResult.LOST;
        }
        return ClaimResult.COMPLETED;
    }

    private ClaimResult release(ActiveLease lease, boolean countAttempt) {
        boolean released = false;
        try {
            released = queue.release(lease.lease(), countAttempt);
        } catch (Unavailable failure) {
            LOG.warn("{}", failure.getMessage());
        }
        LOG.info(
                "Batch {}: {}",
                lease.lease().batch(),
                released ? "released; it will be claimed again" : "could not be released; its lease will expire");
        return ClaimResult.RELEASED;
    }

    /**
     * Repeats a call while the queue or the database is unavailable.
     *
     * @throws Unavailable if the batch is cancelled before the call succeeds
     */
    private <T> T untilCancelled(ActiveLease lease, Supplier<T> call) {
        return retries.call(call, (failures, elapsed, failure) -> {
            boolean isCancelled = lease.isCancelled();
            LOG.warn(
                    "Batch {}: {}; {}",
                    lease.lease().batch(),
                    failure.getMessage(),
                    isCancelled ? "releasing the batch, because it was cancelled" : "retrying");
            return isCancelled;
        });
    }

    /** The copies of one batch and their outcomes. For the batch's thread. */
    private final class Work {
        private final Batch batch;
        private final ActiveLease lease;
        private final List<RecordOutcome> outcomes = new ArrayList<>();
        private final Map<BatchObject, Refusal> denied = new LinkedHashMap<>();
        private Refusal ofEveryObject;

        Work(Batch batch, ActiveLease lease) {
            this.batch = batch;
            this.lease = lease;
        }

        CopyState copy(Collection<BatchObject> objects) {
            CopyState state = copyAndRecord(objects);
            if (state == CopyState.FINISHED && !denied.isEmpty()) {
                state = copyDenied();
            }
            if (ofEveryObject != null) {
                throw new Rejected("Expected a store that accepts copies, but it refuses every object: "
                        + ofEveryObject.message());
            }
            return state;
        }

        /**
         * Access may have been denied for a moment, or to everything. So a denied object counts as failed only if it is
         * denied again between two checks that other objects are permitted.
         */
        private CopyState copyDenied() {
            if (!circuit.isAboutTheObject(denied.values().iterator().next())) {
                return CopyState.CANCELLED;
            }
            List<BatchObject> again = List.copyOf(denied.keySet());
            denied.clear();
            CopyState state = copyAndRecord(again);
            if (state != CopyState.FINISHED || denied.isEmpty()) {
                return state;
            }
            if (!circuit.isAboutTheObject(denied.values().iterator().next())) {
                return CopyState.CANCELLED;
            }
            denied.forEach(this::addOutcomes);
            record();
            return CopyState.FINISHED;
        }

        private CopyState copyAndRecord(Collection<BatchObject> objects) {
            CopyState state = copies.copy(objects, lease, this::accept);
            record();
            return state;
        }

        private void accept(BatchObject object, CopyResult result) {
            if (result instanceof Refusal refusal && refusal.scope() == Refusal.Scope.EVERY_OBJECT) {
                ofEveryObject = refusal;
                lease.cancel();
            } else if (result instanceof Refusal refusal && refusal.scope() == Refusal.Scope.UNCERTAIN) {
                denied.put(object, refusal);
            } else {
                if (result instanceof CopyResult.Copied) {
                    circuit.close();
                }
                addOutcomes(object, result);
            }
        }

        private void addOutcomes(BatchObject object, CopyResult result) {
            object.numbers().forEach(number -> outcomes.add(RecordCopy.outcome(number, result)));
            if (outcomes.size() >= SLICE) {
                record();
            }
        }

        private void record() {
            if (!outcomes.isEmpty()) {
                List<RecordOutcome> now = List.copyOf(outcomes);
                untilCancelled(lease, () -> {
                    ledger.record(batch, now);
                    return now;
                });
                outcomes.clear();
                progress.recorded(now);
            }
        }
    }
}
