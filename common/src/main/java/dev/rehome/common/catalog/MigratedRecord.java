package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import java.util.Objects;

/**
 * A record that the mapping table calls migrated.
 *
 * @param place where it stands in the mapping table
 * @param key the row's key
 * @param oldLocation the object's key in the source bucket
 * @param newLocation the object's key in the target bucket
 * @param etag the proof that was recorded: the target's ETag without quotes
 * @param reference whether the row still points at the new location
 */
public record MigratedRecord(
        MappingRowId place, RowKey key, String oldLocation, String newLocation, String etag, Reference reference) {
    /** What the row holds now. */
    public enum Reference {
        /** The new location: the row is a reference of ours. */
        HELD,
        /** Another value: the application wrote it since. */
        CHANGED,
        /** There is no such row any more. */
        DELETED
    }

    /**
     * A place in the mapping table; places are read in their order.
     *
     * @param batch the batch
     * @param record the record's number in it, from 0
     */
    public record MappingRowId(BatchId batch, int record) {
        public MappingRowId {
            Objects.requireNonNull(batch, "batch");
        }
    }

    public MigratedRecord {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(oldLocation, "oldLocation");
        Objects.requireNonNull(newLocation, "newLocation");
        Objects.requireNonNull(etag, "etag");
        Objects.requireNonNull(reference, "reference");
    }
}
