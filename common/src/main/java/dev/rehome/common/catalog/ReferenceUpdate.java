package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;

/**
 * Writes back the new locations of a finished batch. For use by one thread at a time.
 *
 * <p>Each batch is one transaction on the connection that holds the {@link LeaderLock}, so a producer that lost the lock
 * can't commit. Only records that still hold exactly the scanned value are updated, byte for byte.
 */
public interface ReferenceUpdate {
    /**
     * Applies a batch: updates its records, classifies each of them, and stores the batch's totals, all in one
     * transaction. Repeating the call changes nothing and returns the same totals.
     *
     * @param records how many outcomes the batch must have
     * @throws dev.rehome.common.Unavailable also when the leader lock isn't held; acquire it again first
     */
    ApplyResult apply(BatchId batch, int records);

    /** The statement that updates the records of a batch, for people to read. */
    String statement();

    /** An update that writes nothing back: a batch is finished when all of its outcomes are recorded. */
    static ReferenceUpdate none(OutcomeLedger outcomes, BatchLedger batches) {
        return new ReferenceUpdate() {
            @Override
            public ApplyResult apply(BatchId batch, int records) {
                int missing = records - outcomes.recorded(batch).size();
                return missing > 0
                        ? ApplyResult.outcomesMissing(missing)
                        : ApplyResult.applied(batches.finishWithoutUpdate(batch));
            }

            @Override
            public String statement() {
                return "none: the catalog isn't updated";
            }
        };
    }
}
