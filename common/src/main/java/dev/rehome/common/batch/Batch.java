package dev.rehome.common.batch;

import java.util.List;
import java.util.Objects;

/**
 * A key-ordered group of records.
 *
 * @param id names it
 * @param run the number of the run that published it, from 1
 * @param records one to {@value #MAX_RECORDS}, in key order
 */
public record Batch(BatchId id, int run, List<SourceRecord> records) {
    /** The most records in one batch: keeps one transaction and one payload small. */
    public static final int MAX_RECORDS = 10_000;

    public Batch {
        Objects.requireNonNull(id, "id");
        records = List.copyOf(records);
        if (run < 1) {
            throw new IllegalArgumentException("A run is numbered from 1, not " + run);
        }
        if (records.isEmpty() || records.size() > MAX_RECORDS) {
            throw new IllegalArgumentException("A batch has 1 to " + MAX_RECORDS + " records, not " + records.size());
        }
    }

    /** How many records it has. */
    public int size() {
        return records.size();
    }

    /** The key of the first record. */
    public RowKey firstKey() {
        return records.get(0).rowKey();
    }

    /** The key of the last record. */
    public RowKey lastKey() {
        return records.get(records.size() - 1).rowKey();
    }
}
