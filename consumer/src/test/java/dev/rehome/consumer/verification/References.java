package dev.rehome.consumer.verification;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.MappingRowId;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import dev.rehome.common.catalog.MigratedRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Migrated records in memory, in windows of three. For one thread. */
final class References implements MigratedRecords {
    private static final int WINDOW = 3;

    private final List<MigratedRecord> records = new ArrayList<>();
    private int changedMeanwhile = -1;

    /** Record 0 with a proof. */
    static MigratedRecord record(String etag) {
        return record(0, etag, Reference.HELD);
    }

    private static MigratedRecord record(int number, String etag, Reference reference) {
        return new MigratedRecord(
                new MappingRowId(new BatchId(new UUID(0, 1)), number),
                RowKey.of(Integer.toString(number)),
                "old/" + number,
                "new/" + number,
                etag,
                reference,
                Optional.empty());
    }

    /** Adds the next record. */
    void add(String etag, Reference reference) {
        records.add(record(records.size(), etag, reference));
    }

    /** The application changes this row after its window was read. */
    void changeMeanwhile(int number) {
        changedMeanwhile = number;
    }

    /** The proof of a record as it is by now. */
    String etag(int number) {
        return records.get(number).etag();
    }

    @Override
    public long count() {
        return records.size();
    }

    @Override
    public Page page(Optional<MappingRowId> after) {
        int from = after.map(place -> place.record() + 1).orElse(0);
        List<MigratedRecord> window = records.subList(from, Math.min(from + WINDOW, records.size()));
        return new Page(
                window,
                window.isEmpty()
                        ? Optional.empty()
                        : Optional.of(window.get(window.size() - 1).id()));
    }

    @Override
    public MigratedRecord reread(MigratedRecord record) {
        int number = record.id().record();
        return number == changedMeanwhile ? record(number, record.etag(), Reference.CHANGED) : record;
    }

    @Override
    public void updateETag(MappingRowId place, String etag) {
        MigratedRecord known = records.get(place.record());
        records.set(place.record(), record(place.record(), etag, known.reference()));
    }
}
