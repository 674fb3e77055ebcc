package dev.rehome.producer;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.BatchReaper.Recovered;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requeues batches whose leases expired, and reconciles the queue from time to time. A dead letter is split in half until
 * a single record is left that used up its attempts; that record is recorded as failed, so dead letters never block the
 * end of a run.
 */
final class Recovering implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Recovering.class);
    private static final int DEAD_LETTERS_PER_STEP = 100;
    private static final int RECONCILE_EVERY = 12;
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(5);

    private final BatchReaper reaper;
    private final Consumer<BatchId> finish;
    private final BiConsumer<Batch, FailedRecord> deadLetters;
    private final Supplier<BatchId> ids;
    private final Leadership leadership;
    private final Duration period;
    private int steps;

    /**
     * @param finish removes a batch from the queue
     * @param deadLetters stores the failure and the totals of a batch that is never applied; repeatable
     * @param ids makes batch ids
     * @param lease how long a lease lasts; expired ones are looked for four times as often, at least every 5 s
     */
    Recovering(
            BatchReaper reaper,
            Consumer<BatchId> finish,
            BiConsumer<Batch, FailedRecord> deadLetters,
            Supplier<BatchId> ids,
            Leadership leadership,
            Duration lease) {
        this.reaper = reaper;
        this.finish = finish;
        this.deadLetters = deadLetters;
        this.ids = ids;
        this.leadership = leadership;
        Duration quarter = lease.dividedBy(4);
        this.period = quarter.compareTo(LONGEST_PERIOD) < 0 ? quarter : LONGEST_PERIOD;
    }

    @Override
    public Duration run() {
        if (leadership.term() == 0) {
            return period;
        }
        Recovered recovered = reaper.recover();
        if (recovered.toPending() > 0) {
            LOG.warn("Requeued {} batches whose leases expired", recovered.toPending());
        }
        if (recovered.toDead() > 0) {
            LOG.warn("Dead-lettered {} batches whose leases expired on their last attempt", recovered.toDead());
        }
        reaper.dead(DEAD_LETTERS_PER_STEP).forEach(this::handleDeadLetter);
        if (steps++ % RECONCILE_EVERY == 0) {
            int reconciled = reaper.reconcile();
            if (reconciled > 0) {
                LOG.warn("Reconciled {} inconsistent queue entries", reconciled);
            }
        }
        return period;
    }

    private void handleDeadLetter(BatchId id) {
        Optional<Batch> found = reaper.payload(id);
        if (found.isEmpty()) {
            LOG.warn("Batch {}: dead letter without a payload, dropped; the next pass publishes its records again", id);
            finish.accept(id);
            return;
        }
        Batch batch = found.get();
        if (batch.size() > 1) {
            LOG.warn("Batch {}: used up its attempts; splitting its {} records in half", id, batch.size());
            reaper.split(id, halves(batch));
            return;
        }
        String message =
                "Every consumer that processed " + batch.records().get(0).location() + " died or lost its lease";
        LOG.error("Batch {}: {}; recorded as ATTEMPTS_EXHAUSTED", id, message);
        deadLetters.accept(batch, new FailedRecord(0, FailureCode.ATTEMPTS_EXHAUSTED, message));
        finish.accept(id);
    }

    private List<Batch> halves(Batch batch) {
        int middle = batch.size() / 2;
        return List.of(
                new Batch(ids.get(), batch.run(), batch.records().subList(0, middle)),
                new Batch(ids.get(), batch.run(), batch.records().subList(middle, batch.size())));
    }
}
