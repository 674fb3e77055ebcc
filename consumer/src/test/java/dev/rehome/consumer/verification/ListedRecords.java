package dev.rehome.consumer.verification;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.MappingRowId;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import dev.rehome.common.catalog.MigratedRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Migrated records in memory; record {@code n} moved from {@code old/n} to {@code new/n}. For one thread. */
final class ListedRecords implements MigratedRecords {
    private final int window;
    private final List<MigratedRecord> records = new ArrayList<>();
    private final Map<Integer, MigratedRecord> changesAfterRead = new HashMap<>();

    ListedRecords(int window) {
        this.window = window;
    }

    /** A record whose row holds the new key. */
    static MigratedRecord held(int number, String etag) {
        return record(number, "new/" + number, etag, Reference.HELD, Optional.empty());
    }

    private static MigratedRecord record(
            int number, String newLocation, String etag, Reference reference, Optional<String> current) {
        return new MigratedRecord(
                new MappingRowId(new BatchId(new UUID(0, 1)), number),
                RowKey.of(Integer.toString(number)),
                "old/" + number,
                newLocation,
                etag,
                reference,
                current);
    }

    /** Adds the next record. */
    void add(String etag) {
        records.add(held(records.size(), etag));
    }

    /** Adds a record with the same objects as another. */
    void addSharing(int other, String etag) {
        MigratedRecord shared = records.get(other);
        records.add(new MigratedRecord(
                new MappingRowId(new BatchId(new UUID(0, 1)), records.size()),
                RowKey.of(Integer.toString(records.size())),
                shared.oldLocation(),
                shared.newLocation(),
                etag,
                Reference.HELD,
                Optional.empty()));
    }

    /** Adds a record whose row doesn't hold the new key. */
    void add(Reference reference, String current) {
        int number = records.size();
        records.add(record(number, "new/" + number, "any", reference, Optional.ofNullable(current)));
    }

    /** The application changes the row after its window is read. */
    void changeAfterRead(int number, String current) {
        changesAfterRead.put(number, record(number, "new/" + number, "any", Reference.CHANGED, Optional.of(current)));
    }

    /** The recorded ETag of a record. */
    String etag(int number) {
        return records.get(number).proof();
    }

    @Override
    public long count() {
        return records.size();
    }

    @Override
    public Page page(Optional<MappingRowId> after) {
        int from = after.map(id -> id.record() + 1).orElse(0);
        List<MigratedRecord> page = records.subList(from, Math.min(from + window, records.size()));
        return new Page(
                page,
                page.isEmpty()
                        ? Optional.empty()
                        : Optional.of(page.get(page.size() - 1).id()));
    }

    @Override
    public MigratedRecord reread(MigratedRecord record) {
        return changesAfterRead.getOrDefault(record.id().record(), record);
    }

    @Override
    public void updateProof(MappingRowId id, String proof) {
        MigratedRecord known = records.get(id.record());
        records.set(
                id.record(),
                new MigratedRecord(
                        id,
                        known.rowKey(),
                        known.oldLocation(),
                        known.newLocation(),
                        proof,
                        known.reference(),
                        known.current()));
    }
}
