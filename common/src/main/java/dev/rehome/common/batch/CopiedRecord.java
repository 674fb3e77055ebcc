package dev.rehome.common.batch;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Old to new location of one record, with the proof that the object is there.
 *
 * @param record the record's number in its batch, from 0
 * @param newLocation the object's key in the target container
 * @param proof the value of the target's {@link dev.rehome.common.store.ContentProof}, never empty
 * @param size the object's size in bytes, if a request revealed it
 */
public record CopiedRecord(int record, String newLocation, String proof, OptionalLong size) implements RecordOutcome {
    public CopiedRecord {
        Objects.requireNonNull(newLocation, "newLocation");
        Objects.requireNonNull(size, "size");
        if (proof.isEmpty()) {
            throw new IllegalArgumentException("A copied record needs the target's proof of its content, got none");
        }
    }

    @Override
    public CopiedRecord of(int otherRecord) {
        return new CopiedRecord(otherRecord, newLocation, proof, size);
    }
}
