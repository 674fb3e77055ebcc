package dev.rehome.common.catalog;

import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.MemoryDatabase.Outcome;
import dev.rehome.common.catalog.MemoryDatabase.State;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The migrated records of a {@link MemoryDatabase}. */
record MemoryMigratedRecords(MemoryDatabase database) implements MigratedRecords {
    @Override
    public long count() {
        return database.finished.entrySet().stream()
                .filter(batch -> !database.isRolledBack(batch.getKey()))
                .mapToLong(batch -> batch.getValue().totals().migrated())
                .sum();
    }

    @Override
    public Page page(Optional<MappingRowId> after) {
        List<MappingRowId> ids = new ArrayList<>(all().keySet());
        List<MappingRowId> window = ids
                .subList(after.map(id -> ids.indexOf(id) + 1).orElse(0), ids.size())
                .stream()
                .limit(database.window)
                .toList();
        return new Page(
                window.stream()
                        .filter(id -> isLast(id) && !database.isRolledBack(id.batch()))
                        .map(this::record)
                        .toList(),
                window.isEmpty() ? Optional.empty() : Optional.of(window.get(window.size() - 1)));
    }

    private Map<MappingRowId, Outcome> all() {
        Map<MappingRowId, Outcome> all = new LinkedHashMap<>();
        database.outcomes.forEach((batch, records) ->
                records.forEach((number, outcome) -> all.put(new MappingRowId(batch, number), outcome)));
        return all;
    }

    /** Whether it is migrated, and no later row of the ledger migrated the same record again. */
    private boolean isLast(MappingRowId id) {
        Map<MappingRowId, Outcome> all = all();
        Outcome outcome = all.get(id);
        List<MappingRowId> migrations = all.entrySet().stream()
                .filter(each -> each.getValue().state == State.MIGRATED)
                .filter(each -> each.getValue().source.rowKey().equals(outcome.source.rowKey()))
                .map(Map.Entry::getKey)
                .toList();
        return !migrations.isEmpty() && migrations.get(migrations.size() - 1).equals(id);
    }

    private MigratedRecord record(MappingRowId id) {
        Outcome outcome = all().get(id);
        CopiedRecord copied = (CopiedRecord) outcome.reported;
        RowKey rowKey = outcome.source.rowKey();
        String value = database.rows.get(rowKey);
        Reference reference = reference(rowKey, outcome.source.location(), copied.newLocation());
        return new MigratedRecord(
                id,
                rowKey,
                outcome.source.location(),
                copied.newLocation(),
                database.newProofs.getOrDefault(id, copied.proof()),
                reference,
                reference == Reference.CHANGED ? Optional.ofNullable(value) : Optional.empty());
    }

    private Reference reference(RowKey rowKey, String oldLocation, String newLocation) {
        if (!database.rows.containsKey(rowKey)) {
            return Reference.DELETED;
        }
        String value = database.rows.get(rowKey);
        if (newLocation.equals(value)) {
            return Reference.HELD;
        }
        return oldLocation.equals(value) ? Reference.REVERTED : Reference.CHANGED;
    }

    @Override
    public MigratedRecord reread(MigratedRecord record) {
        return record(record.id());
    }

    @Override
    public void updateProof(MappingRowId id, String proof) {
        database.newProofs.put(id, proof);
    }
}
