package dev.rehome.common.batch;

import java.util.Objects;

/**
 * One row of the catalog that names a legacy object.
 *
 * @param key the row's key
 * @param location the column's value, byte for byte as it was read: the object's key in the source bucket
 */
public record SourceRecord(RecordKey key, String location) {
    public SourceRecord {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(location, "location");
    }
}
