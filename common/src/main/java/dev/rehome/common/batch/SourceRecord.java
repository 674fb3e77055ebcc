package dev.rehome.common.batch;

import java.util.Objects;
import java.util.Optional;

/**
 * One row of the catalog that names an object to be moved.
 *
 * @param rowKey the row's key
 * @param location the column's value, byte for byte as it was read: the object's key in the source container
 * @param targetKey the object's key in the target container where a manifest names one; else {@link TargetKeyRule} makes it
 */
public record SourceRecord(RowKey rowKey, String location, Optional<String> targetKey) {
    public SourceRecord {
        Objects.requireNonNull(rowKey, "rowKey");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(targetKey, "targetKey");
    }

    /** A record whose target key is made from its location. */
    public SourceRecord(RowKey rowKey, String location) {
        this(rowKey, location, Optional.empty());
    }
}
