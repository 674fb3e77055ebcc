package dev.rehome.common.batch;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Old to new location of one record, with the proof that the object is there.
 *
 * @param record the record's number in its batch, from 0
 * @param newLocation the object's key in the target bucket
 * @param etag the target object's ETag as the store answered it, without quotes; never empty, it is the proof
 * @param size the object's size in bytes where a request told it; a plain copy's answer doesn't
 */
public record CopiedRecord(int record, String newLocation, String etag, OptionalLong size) implements RecordOutcome {
    public CopiedRecord {
        Objects.requireNonNull(newLocation, "newLocation");
        Objects.requireNonNull(size, "size");
        if (etag.isEmpty()) {
            throw new IllegalArgumentException("A mapping needs the target's ETag: it proves the copy");
        }
    }

    @Override
    public CopiedRecord of(int otherRecord) {
        return new CopiedRecord(otherRecord, newLocation, etag, size);
    }
}
