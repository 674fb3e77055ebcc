package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.catalog.MemoryDatabase.Outcome;
import dev.rehome.common.catalog.MemoryDatabase.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The rollback of a {@link MemoryDatabase}; {@code requireLock} fails unless the caller holds the leader lock. */
record MemoryRollback(MemoryDatabase database, Runnable requireLock) implements ReferenceRollback {
    @Override
    public List<BatchId> batches(Optional<BatchId> before, int limit) {
        List<BatchId> newestFirst = new ArrayList<>(database.outcomes.keySet());
        Collections.reverse(newestFirst);
        return newestFirst.stream()
                .filter(batch -> before.isEmpty()
                        || batch.toString().compareTo(before.get().toString()) < 0)
                .filter(batch -> database.finished.containsKey(batch)
                        && database.finished.get(batch).totals().migrated() > 0)
                .filter(batch -> !database.rollbacks.containsKey(batch)
                        || database.rollbacks.get(batch).left() > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Candidate> candidates(BatchId batch) {
        List<Candidate> held = new ArrayList<>();
        forEachMigrated(batch, (number, outcome) -> {
            if (target(outcome).equals(value(outcome))) {
                held.add(new Candidate(number, outcome.source.location()));
            }
        });
        return held;
    }

    @Override
    public Totals rollBack(BatchId batch, Set<Integer> restorable) {
        requireLock.run();
        forEachMigrated(batch, (number, outcome) -> {
            if (restorable.contains(number) && target(outcome).equals(value(outcome))) {
                database.rows.put(outcome.source.rowKey(), outcome.source.location());
            }
        });
        Totals[] totals = {Totals.NONE};
        forEachMigrated(batch, (number, outcome) -> totals[0] = totals[0].plus(state(outcome)));
        if (database.finished.containsKey(batch)) {
            database.rollbacks.put(batch, totals[0]);
            if (totals[0].restored() > 0) {
                database.lastRollback = Optional.of(database.time.instant());
            }
        }
        return totals[0];
    }

    private Totals state(Outcome outcome) {
        if (!database.rows.containsKey(outcome.source.rowKey())) {
            return new Totals(0, 0, 1, 0, 0);
        }
        if (target(outcome).equals(value(outcome))) {
            return new Totals(0, 0, 0, 1, 0);
        }
        return outcome.source.location().equals(value(outcome)) ? new Totals(1, 0, 0, 0, 0) : new Totals(0, 1, 0, 0, 0);
    }

    private void forEachMigrated(BatchId batch, BiConsumer<Integer, Outcome> action) {
        database.outcomesOf(batch).forEach((number, outcome) -> {
            if (outcome.state == State.MIGRATED) {
                action.accept(number, outcome);
            }
        });
    }

    private String value(Outcome outcome) {
        return database.rows.get(outcome.source.rowKey());
    }

    private static String target(Outcome outcome) {
        return ((CopiedRecord) outcome.reported).newLocation();
    }

    @Override
    public Totals totals() {
        return database.rollbacks.values().stream().reduce(Totals.NONE, Totals::plus);
    }

    @Override
    public Optional<Instant> latest() {
        return database.lastRollback;
    }

    @Override
    public String statement() {
        return "rows.put(rowKey, oldLocation) where the row still holds the new location";
    }
}
