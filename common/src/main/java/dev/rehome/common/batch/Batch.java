package dev.rehome.common.batch;

import java.util.List;
import java.util.Objects;

/**
 * A group of records in row key order: the unit of queueing, leasing and applying.
 *
 * @param id identifies it
 * @param run the run that published it
 * @param records 1 to {@value #MAX_RECORDS}, in row key order
 */
public record Batch(BatchId id, RunId run, List<SourceRecord> records) {
    /** The most records in a batch: keeps one transaction and one payload small. */
    public static final int MAX_RECORDS = 10_000;

    public Batch {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(run, "run");
        records = List.copyOf(records);
        if (records.isEmpty() || records.size() > MAX_RECORDS) {
            throw new IllegalArgumentException("A batch has 1 to " + MAX_RECORDS + " records, not " + records.size());
        }
    }

    /** The number of records. */
    public int size() {
        return records.size();
    }

    /** The row key of the first record. */
    public RowKey firstKey() {
        return records.get(0).rowKey();
    }

    /** The row key of the last record. */
    public RowKey lastKey() {
        return records.get(records.size() - 1).rowKey();
    }
}
