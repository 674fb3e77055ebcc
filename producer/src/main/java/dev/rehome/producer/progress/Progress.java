package dev.rehome.producer.progress;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.RecordTotals;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Counts the records that this process has finished since it started, and holds the latest snapshot of the run. Informative
 * only. Safe for use by any thread.
 */
public final class Progress {
    private final Set<BatchId> counted = new HashSet<>();
    private RecordTotals totals = RecordTotals.NONE;
    private OptionalLong legacy = OptionalLong.empty();
    private long earlier;
    private boolean begun;
    private long steps;
    private long pass;
    private boolean scanned;
    private List<String> holds = List.of();
    private RunSnapshot latest = RunSnapshot.starting(Instant.EPOCH);

    /**
     * The run begins or resumes.
     *
     * @param total the records of the whole run, if an earlier start has counted them
     * @param done the records that earlier starts have finished and whose rows aren't counted as legacy any more
     */
    public synchronized void begin(OptionalLong total, long done) {
        legacy = total;
        earlier = done;
        begun = true;
    }

    /** Whether the legacy rows have to be counted: the run has begun, and no earlier start has counted them. */
    public synchronized boolean mustCount() {
        return begun && legacy.isEmpty();
    }

    /** Sets the number of legacy rows, once counted. */
    public synchronized void legacy(long records) {
        legacy = OptionalLong.of(earlier + records);
    }

    /** Begins a pass. */
    public synchronized void pass(long number) {
        pass = number;
        scanned = false;
    }

    /** The pass has read the whole table. */
    public synchronized void scanned() {
        scanned = true;
    }

    /** Adds the totals of a batch. Repeatable until the batch is {@link #finished}. */
    public synchronized void applied(BatchId batch, RecordTotals batchTotals) {
        steps++;
        if (counted.add(batch)) {
            totals = totals.plus(batchTotals);
        }
    }

    /** The batch won't be applied again. */
    public synchronized void finished(BatchId batch) {
        counted.remove(batch);
    }

    /** How often batches were applied; a change means that the ledger's totals may have changed. */
    synchronized long steps() {
        return steps;
    }

    /** Sets the reasons why the run waits; none when it doesn't. */
    public synchronized void waiting(List<String> reasons) {
        holds = List.copyOf(reasons);
    }

    /** The current values. */
    public synchronized Snapshot snapshot() {
        return new Snapshot(legacy, pass, scanned, totals, holds);
    }

    /** Sets the latest snapshot of the run. */
    public synchronized void publish(RunSnapshot snapshot) {
        latest = snapshot;
    }

    /** The latest snapshot of the run. */
    public synchronized RunSnapshot latest() {
        return latest;
    }

    /**
     * The progress of this process at one moment.
     *
     * @param legacy the records of the run, once counted
     * @param pass the number of the current pass, from 1
     * @param isScanned whether that pass has read the whole table
     * @param totals the records that this process has finished
     * @param holds why the run waits; none when it doesn't
     */
    public record Snapshot(OptionalLong legacy, long pass, boolean isScanned, RecordTotals totals, List<String> holds) {
        /** The records finished since an earlier snapshot. */
        public RecordTotals since(Snapshot earlier) {
            return new RecordTotals(
                    totals.migrated() - earlier.totals.migrated(),
                    totals.changed() - earlier.totals.changed(),
                    totals.deleted() - earlier.totals.deleted(),
                    totals.failed() - earlier.totals.failed());
        }
    }
}
