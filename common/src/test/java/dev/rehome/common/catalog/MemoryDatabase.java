package dev.rehome.common.catalog;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.FailureLedger.RequeueTotal;
import dev.rehome.common.queue.OperatorControl;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A database in memory: a table whose key is a whole number, and the ledger beside it. Each {@link #open} is the view of
 * one process. For one thread; the test moves time, and writes to {@link #rows} as the application does.
 */
public final class MemoryDatabase {
    /** How a record ended so far. */
    enum State {
        COPIED,
        FAILED,
        REQUEUED,
        MIGRATED,
        CHANGED,
        DELETED
    }

    /** One row of the mapping table. */
    static final class Outcome {
        final int run;
        final SourceRecord source;
        final RecordOutcome reported;
        final Instant at;
        State state;

        Outcome(int run, SourceRecord source, RecordOutcome reported, Instant at) {
            this.run = run;
            this.at = at;
            this.source = source;
            this.reported = reported;
            this.state = reported instanceof CopiedRecord ? State.COPIED : State.FAILED;
        }
    }

    /** The totals of a finished batch. */
    record FinishedBatch(int run, RecordTotals totals) {}

    /** The progress of one requeue. */
    record Requeue(int run, RequeueTotal total) {}

    final TargetKeyRule keys;
    final int window;
    final InstantSource time;
    final SortedMap<RowKey, String> rows =
            new TreeMap<>(Comparator.comparing(key -> new BigInteger(key.parts().get(0))));
    final SortedMap<BatchId, SortedMap<Integer, Outcome>> outcomes =
            new TreeMap<>(Comparator.comparing(BatchId::toString));
    final Map<BatchId, FinishedBatch> finished = new HashMap<>();
    final Map<BatchId, Requeue> requeues = new LinkedHashMap<>();
    final Map<BatchId, ReferenceRollback.Totals> rollbacks = new HashMap<>();
    final Map<MappingRowId, String> newProofs = new HashMap<>();
    final List<RunLedger.Run> runs = new ArrayList<>();
    final Map<String, Optional<String>> manifest = new HashMap<>();
    final SortedMap<Long, OperatorControl.Change> changes = new TreeMap<>();
    Optional<String> loadedManifest = Optional.empty();
    Optional<Instant> lastRollback = Optional.empty();
    final Map<Integer, EventLedger.Sent> sentEvents = new HashMap<>();
    int scaleDownDue;
    MemoryCatalog leader;

    /** A database without rows and runs, scanned in windows of this many rows. */
    public MemoryDatabase(TargetKeyRule keys, int window, InstantSource time) {
        this.keys = keys;
        this.window = window;
        this.time = time;
    }

    /** Opens the view of one process. */
    public MemoryCatalog open(Selection selection) {
        return new MemoryCatalog(this, selection);
    }

    /** Opens the view of one process of a migration without a manifest. */
    public MemoryCatalog open() {
        return open(Selection.PREFIX);
    }

    /** The table; a row may hold null. */
    public SortedMap<RowKey, String> rows() {
        return rows;
    }

    SortedMap<Integer, Outcome> outcomesOf(BatchId batch) {
        return outcomes.getOrDefault(batch, new TreeMap<>());
    }

    /** Whether the run's number belongs to another run. */
    boolean isAbandoned(RunId run) {
        return run.number() <= runs.size() && !runs.get(run.number() - 1).id().equals(run);
    }

    void record(Batch batch, RecordOutcome outcome) {
        SourceRecord source = batch.records().get(outcome.record());
        outcomes.computeIfAbsent(batch.id(), any -> new TreeMap<>())
                .putIfAbsent(outcome.record(), new Outcome(batch.run().number(), source, outcome, time.instant()));
    }

    /** Stores the totals of a batch that has outcomes. */
    void finish(BatchId batch, RecordTotals totals) {
        SortedMap<Integer, Outcome> known = outcomesOf(batch);
        if (!known.isEmpty()) {
            finished.put(batch, new FinishedBatch(known.get(known.firstKey()).run, totals));
        }
    }

    RecordTotals count(BatchId batch) {
        return RecordTotals.NONE
                .withMigrated(count(batch, State.MIGRATED))
                .withChanged(count(batch, State.CHANGED))
                .withDeleted(count(batch, State.DELETED))
                .withFailed(count(batch, State.FAILED));
    }

    /** Whether none of the batch's rows holds its new location because of a rollback. */
    boolean isRolledBack(BatchId batch) {
        ReferenceRollback.Totals totals = rollbacks.get(batch);
        return totals != null && totals.left() == 0;
    }

    long count(BatchId batch, State state) {
        return outcomesOf(batch).values().stream()
                .filter(outcome -> outcome.state == state)
                .count();
    }
}
