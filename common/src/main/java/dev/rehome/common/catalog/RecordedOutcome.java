package dev.rehome.common.catalog;

import dev.rehome.common.batch.RowKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a record ended, as the ledger holds it.
 *
 * @param id identifies it in the ledger
 * @param rowKey the row's key
 * @param oldLocation the value that was scanned
 * @param result how the record ended
 * @param copy the copy; empty when there is none
 * @param failure why it failed; present if it failed
 * @param recording when, and after how many attempts
 */
public record RecordedOutcome(
        MappingRowId id,
        RowKey rowKey,
        StoredText oldLocation,
        Result result,
        Optional<Copy> copy,
        Optional<Failure> failure,
        Recording recording) {
    /** How a record ended. */
    public enum Result {
        /** The row got the new location. */
        MIGRATED,
        /** The application changed the row before the update; it was left alone. */
        CHANGED,
        /** The application deleted the row before the update. */
        DELETED,
        /** The record failed; the row keeps the old location. */
        FAILED
    }

    /**
     * A value of the column.
     *
     * @param text the value; bytes that aren't text are replaced
     * @param hex the bytes in lower-case hexadecimal digits if they aren't valid text; empty if they are
     */
    public record StoredText(String text, Optional<String> hex) {
        public StoredText {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(hex, "hex");
        }

        /** A value that is valid text. */
        public static StoredText of(String text) {
            return new StoredText(text, Optional.empty());
        }
    }

    /**
     * The copy of a record's object.
     *
     * @param newLocation its key in the target container
     * @param proof the recorded value of the target's {@link dev.rehome.common.store.ContentProof}
     * @param size in bytes, if a request returned it
     */
    public record Copy(String newLocation, String proof, OptionalLong size) {
        public Copy {
            Objects.requireNonNull(newLocation, "newLocation");
            Objects.requireNonNull(proof, "proof");
            Objects.requireNonNull(size, "size");
        }
    }

    /**
     * Why a record failed.
     *
     * @param code the name of a {@link dev.rehome.common.batch.FailureCode}, or one that a newer release wrote
     * @param message the words of the store or the database
     */
    public record Failure(String code, String message) {
        public Failure {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * The circumstances of an outcome.
     *
     * @param at when it was recorded, by the ledger's clock
     * @param attempts how often the run has worked on the record: 1, and 1 more for each time that it was requeued
     */
    public record Recording(Instant at, int attempts) {
        public Recording {
            Objects.requireNonNull(at, "at");
        }
    }

    public RecordedOutcome {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(rowKey, "rowKey");
        Objects.requireNonNull(oldLocation, "oldLocation");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(copy, "copy");
        Objects.requireNonNull(recording, "recording");
        if (failure.isPresent() != (result == Result.FAILED)) {
            throw new IllegalArgumentException(
                    "Expected the reason of a failure with FAILED and with nothing else, got " + result + " with "
                            + failure);
        }
    }
}
