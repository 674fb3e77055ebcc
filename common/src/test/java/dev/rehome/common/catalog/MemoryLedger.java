package dev.rehome.common.catalog;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.catalog.MemoryDatabase.FinishedBatch;
import dev.rehome.common.catalog.MemoryDatabase.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ledger of a {@link MemoryDatabase}. */
record MemoryLedger(MemoryDatabase database)
        implements OutcomeLedger, BatchLedger, RunLedger, PendingScaleDown, EventLedger {
    @Override
    public Set<Integer> recorded(BatchId batch) {
        return Set.copyOf(database.outcomesOf(batch).keySet());
    }

    @Override
    public void record(Batch batch, List<RecordOutcome> outcomes) {
        if (!database.isAbandoned(batch.run())) {
            outcomes.forEach(outcome -> database.record(batch, outcome));
        }
    }

    @Override
    public void recordDeadLetter(BatchId batch) {
        if (!database.finished.containsKey(batch)) {
            database.finish(batch, RecordTotals.NONE.withFailed(database.count(batch, State.FAILED)));
        }
    }

    @Override
    public RecordTotals finishWithoutUpdate(BatchId batch) {
        if (!database.finished.containsKey(batch)) {
            RecordTotals counted = database.count(batch);
            database.finish(batch, counted.withMigrated(database.count(batch, State.COPIED)));
        }
        FinishedBatch finished = database.finished.get(batch);
        return finished == null ? RecordTotals.NONE : finished.totals();
    }

    @Override
    public RecordTotals totals(int run) {
        return database.finished.values().stream()
                .filter(batch -> batch.run() == run)
                .map(FinishedBatch::totals)
                .reduce(RecordTotals.NONE, RecordTotals::plus);
    }

    @Override
    public Optional<BatchId> first(int run) {
        return database.finished.entrySet().stream()
                .filter(batch -> batch.getValue().run() == run)
                .map(Map.Entry::getKey)
                .min(Comparator.comparing(BatchId::toString));
    }

    @Override
    public Run startOrResume(Optional<String> manifest) {
        latest().flatMap(run -> run.refusal(manifest)).ifPresent(refusal -> {
            throw new Rejected(refusal);
        });
        if (latest().flatMap(Run::completed).isPresent() || database.runs.isEmpty()) {
            database.runs.add(new Run(RunId.start(database.runs.size() + 1), now(), Optional.empty(), manifest));
        }
        return latest().orElseThrow();
    }

    @Override
    public void complete(int run, String report) {
        Run known = database.runs.get(run - 1);
        if (known.completed().isEmpty()) {
            database.runs.set(run - 1, new Run(known.id(), known.started(), Optional.of(now()), known.manifest()));
        }
    }

    @Override
    public Optional<Run> latest() {
        return database.runs.isEmpty() ? Optional.empty() : Optional.of(database.runs.get(database.runs.size() - 1));
    }

    @Override
    public boolean contains(RunId run) {
        return database.runs.stream().map(Run::id).anyMatch(run::equals);
    }

    @Override
    public Instant now() {
        return database.time.instant();
    }

    @Override
    public void due(int run) {
        if (database.runs.get(run - 1).completed().isEmpty()) {
            database.scaleDownDue = run;
        }
    }

    @Override
    public boolean isDue() {
        return latest().filter(run ->
                        run.number() == database.scaleDownDue && run.completed().isPresent())
                .isPresent();
    }

    @Override
    public void done() {
        database.scaleDownDue = 0;
    }

    @Override
    public Optional<Sent> sent(int run) {
        return Optional.ofNullable(database.sentEvents.get(run));
    }

    @Override
    public void sent(int run, Sent sent) {
        database.sentEvents.put(run, sent);
    }
}
