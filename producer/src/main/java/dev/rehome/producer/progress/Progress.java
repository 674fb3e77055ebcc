package dev.rehome.producer.progress;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.RecordTotals;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** Counts the records that this process has finished since it started; informative only. Safe for use by any thread. */
public final class Progress {
    private final Set<BatchId> counted = new HashSet<>();
    private RecordTotals totals = RecordTotals.NONE;
    private OptionalLong legacy = OptionalLong.empty();
    private long pass;
    private String waiting = "";
    private String trouble = "";

    /** Sets the number of legacy records at the start, once counted. */
    public synchronized void legacy(long records) {
        legacy = OptionalLong.of(records);
    }

    /** Sets the number of the current pass. */
    public synchronized void pass(long number) {
        pass = number;
    }

    /** Adds the totals of a batch. Repeatable until the batch is {@link #finished}. */
    public synchronized void applied(BatchId batch, RecordTotals batchTotals) {
        if (counted.add(batch)) {
            totals = totals.plus(batchTotals);
        }
    }

    /** The batch won't be applied again. */
    public synchronized void finished(BatchId batch) {
        counted.remove(batch);
    }

    /** Sets the reason why the run waits; empty when it doesn't. */
    public synchronized void waiting(String reason) {
        waiting = reason;
    }

    /** Sets why consumers are stuck; empty when none is. */
    public synchronized void trouble(String reason) {
        trouble = reason;
    }

    /** The current values. */
    public synchronized Snapshot snapshot() {
        return new Snapshot(legacy, pass, totals, waiting, trouble);
    }

    /**
     * The progress at one moment.
     *
     * @param legacy legacy records at the start, once counted
     * @param pass the number of the current pass, from 1
     * @param totals the finished records
     * @param waiting why the run waits; empty when it doesn't
     * @param trouble why consumers are stuck; empty when none is
     */
    public record Snapshot(OptionalLong legacy, long pass, RecordTotals totals, String waiting, String trouble) {
        /** The records finished since an earlier snapshot. */
        public RecordTotals since(Snapshot earlier) {
            return new RecordTotals(
                    totals.migrated() - earlier.totals.migrated(),
                    totals.changed() - earlier.totals.changed(),
                    totals.deleted() - earlier.totals.deleted(),
                    totals.failed() - earlier.totals.failed());
        }

        /** Records that need no more work. */
        public long done() {
            return totals.total();
        }
    }
}
