package dev.rehome.common.catalog;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.catalog.MemoryDatabase.Outcome;
import dev.rehome.common.catalog.MemoryDatabase.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The failed records of a {@link MemoryDatabase}; a window and a step are one batch. */
record MemoryFailures(MemoryDatabase database) implements FailureLedger {
    @Override
    public List<Group> groups(int run) {
        Map<String, List<RecordedOutcome>> byCode = new TreeMap<>();
        for (BatchId batch : batches(run, Optional.empty())) {
            failed(batch, Optional.empty())
                    .forEach(each -> byCode.computeIfAbsent(
                                    each.failure().orElseThrow().code(), any -> new ArrayList<>())
                            .add(each));
        }
        List<Group> groups = new ArrayList<>();
        byCode.forEach((code, records) -> groups.add(new Group(
                code,
                records.size(),
                records.stream()
                        .map(each -> each.recording().at())
                        .min(Comparator.<Instant>naturalOrder())
                        .orElseThrow(),
                records.stream()
                        .map(each -> each.recording().at())
                        .max(Comparator.<Instant>naturalOrder())
                        .orElseThrow(),
                records.stream()
                        .limit(SAMPLES)
                        .map(each ->
                                new Sample(each.rowKey(), each.oldLocation().text()))
                        .toList())));
        return groups;
    }

    @Override
    public RecordedOutcomes.Page page(int run, Optional<String> code, Optional<BatchId> after) {
        Optional<BatchId> next = batches(run, after).stream().findFirst();
        return new RecordedOutcomes.Page(next.map(batch -> failed(batch, code)).orElse(List.of()), next);
    }

    @Override
    public Requeued requeue(RequeueOrder order, Optional<BatchId> after) {
        boolean isInProgress = database.runs.stream()
                .anyMatch(run -> run.id().equals(order.run()) && run.completed().isEmpty());
        if (!isInProgress) {
            throw new Rejected("Run " + order.run().number() + " isn't in progress");
        }
        Optional<BatchId> next = batches(order.run().number(), after).stream().findFirst();
        long moved = next.map(batch -> requeue(batch, order)).orElse(0L);
        return new Requeued(moved, next);
    }

    private long requeue(BatchId batch, RequeueOrder order) {
        List<Outcome> found = database.outcomesOf(batch).values().stream()
                .filter(outcome -> isFailed(outcome, order.code()))
                .toList();
        found.forEach(outcome -> outcome.state = State.REQUEUED);
        RecordTotals before = database.finished.get(batch).totals();
        database.finish(batch, before.withFailed(database.count(batch, State.FAILED)));
        if (!found.isEmpty()) {
            database.requeues.merge(
                    order.id(),
                    new MemoryDatabase.Requeue(
                            order.run().number(),
                            new RequeueTotal(order.code(), order.author(), found.size(), database.time.instant())),
                    (known, more) -> new MemoryDatabase.Requeue(
                            known.run(),
                            new RequeueTotal(
                                    order.code(),
                                    order.author(),
                                    known.total().records() + more.total().records(),
                                    known.total().at())));
        }
        return found.size();
    }

    @Override
    public List<RequeueTotal> requeues(int run) {
        return database.requeues.values().stream()
                .filter(each -> each.run() == run)
                .map(MemoryDatabase.Requeue::total)
                .toList();
    }

    private List<BatchId> batches(int run, Optional<BatchId> after) {
        return finished(run, after)
                .filter(batch -> database.finished.get(batch).totals().failed() > 0)
                .toList();
    }

    private Stream<BatchId> finished(int run, Optional<BatchId> after) {
        return database.outcomes.keySet().stream()
                .filter(batch -> after.isEmpty()
                        || batch.toString().compareTo(after.get().toString()) > 0)
                .filter(batch -> database.finished.containsKey(batch)
                        && database.finished.get(batch).run() == run);
    }

    /** One batch of {@link RecordedOutcomes}. */
    RecordedOutcomes.Page outcomes(int run, Optional<BatchId> after) {
        Optional<BatchId> next = finished(run, after).findFirst();
        return new RecordedOutcomes.Page(
                next.map(batch -> outcomes(batch).toList()).orElse(List.of()), next);
    }

    private Stream<RecordedOutcome> outcomes(BatchId batch) {
        return database.outcomesOf(batch).entrySet().stream()
                .filter(each -> each.getValue().state != State.COPIED && each.getValue().state != State.REQUEUED)
                .map(each -> recorded(new MappingRowId(batch, each.getKey()), each.getValue()));
    }

    private RecordedOutcome recorded(MappingRowId id, Outcome outcome) {
        Optional<RecordedOutcome.Copy> copy = outcome.reported instanceof CopiedRecord copied
                ? Optional.of(new RecordedOutcome.Copy(copied.newLocation(), copied.proof(), copied.size()))
                : Optional.empty();
        Optional<RecordedOutcome.Failure> failure = outcome.reported instanceof FailedRecord failed
                ? Optional.of(new RecordedOutcome.Failure(failed.code().name(), failed.message()))
                : Optional.empty();
        return new RecordedOutcome(
                id,
                outcome.source.rowKey(),
                RecordedOutcome.StoredText.of(outcome.source.location()),
                RecordedOutcome.Result.valueOf(outcome.state.name()),
                copy,
                failure,
                new RecordedOutcome.Recording(outcome.at, attempts(outcome)));
    }

    private List<RecordedOutcome> failed(BatchId batch, Optional<String> code) {
        return outcomes(batch)
                .filter(each -> each.failure().isPresent())
                .filter(each ->
                        code.isEmpty() || code.get().equals(each.failure().get().code()))
                .toList();
    }

    private int attempts(Outcome outcome) {
        return 1
                + (int) database.outcomes.values().stream()
                        .flatMap(records -> records.values().stream())
                        .filter(other -> other.state == State.REQUEUED && other.run == outcome.run)
                        .filter(other -> other.source.rowKey().equals(outcome.source.rowKey())
                                && other.source.location().equals(outcome.source.location()))
                        .count();
    }

    private static boolean isFailed(Outcome outcome, Optional<String> code) {
        return outcome.state == State.FAILED
                && (code.isEmpty()
                        || code.get()
                                .equals(((FailedRecord) outcome.reported).code().name()));
    }
}
