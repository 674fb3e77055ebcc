package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;
import java.util.Optional;

/** The totals of batches that are finished. Each batch counts once. Safe for use by several threads. */
public interface BatchLedger {
    /**
     * Stores the totals of a dead-lettered batch, which is never applied: its failed records count, the others don't.
     * Changes nothing when the batch has totals already, or no outcomes.
     */
    void recordDeadLetter(BatchId batch);

    /**
     * Stores the totals of a batch that needs no update: its copied records count as migrated.
     *
     * @return the stored totals; those of the first call when the batch has totals already
     */
    RecordTotals finishWithoutUpdate(BatchId batch);

    /** The sum over all finished batches of a run. */
    RecordTotals totals(int run);

    /** The least id of the finished batches of a run, so the first that was published; empty when none is finished. */
    Optional<BatchId> first(int run);
}
