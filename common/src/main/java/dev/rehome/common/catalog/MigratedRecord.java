package dev.rehome.common.catalog;

import dev.rehome.common.batch.RowKey;
import java.util.Objects;
import java.util.Optional;

/**
 * A record that the ledger marks as migrated.
 *
 * @param id identifies it in the ledger
 * @param rowKey the row's key
 * @param oldLocation the object's key in the source container
 * @param newLocation the object's key in the target container
 * @param proof the recorded value of the target's {@link dev.rehome.common.store.ContentProof}
 * @param reference whether the row still holds the new location
 * @param current the present value of a changed row; empty if it is unknown, or can't be an object key
 */
public record MigratedRecord(
        MappingRowId id,
        RowKey rowKey,
        String oldLocation,
        String newLocation,
        String proof,
        Reference reference,
        Optional<String> current) {
    /** The row's present value. */
    public enum Reference {
        /** The new location. */
        HELD,
        /** The old location again. Only known if rows have keys. */
        REVERTED,
        /** Neither: the application has written another value since, or a trigger altered the value that was written. */
        CHANGED,
        /** Nothing: the row is gone. */
        DELETED
    }

    public MigratedRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(rowKey, "rowKey");
        Objects.requireNonNull(oldLocation, "oldLocation");
        Objects.requireNonNull(newLocation, "newLocation");
        Objects.requireNonNull(proof, "proof");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(current, "current");
    }
}
