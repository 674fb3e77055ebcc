package dev.rehome.common.batch;

import java.util.Objects;
import java.util.Optional;

/**
 * One row of the catalog that names an object to be moved.
 *
 * @param key the row's key
 * @param location the column's value, byte for byte as it was read: the object's key in the source bucket
 * @param target the object's key in the target bucket where a manifest names one; else {@link TargetKeyRule} makes it
 */
public record SourceRecord(RowKey key, String location, Optional<String> target) {
    public SourceRecord {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(target, "target");
    }

    /** A record whose target key is made from its location. */
    public SourceRecord(RowKey key, String location) {
        this(key, location, Optional.empty());
    }
}
