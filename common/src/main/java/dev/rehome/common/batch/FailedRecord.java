package dev.rehome.common.batch;

import java.util.Objects;

/**
 * A record that can't be migrated now. Its row keeps the legacy location.
 *
 * @param record the record's number in its batch, from 0
 * @param code the kind of failure
 * @param message what happened and what to do, with the location; cut at {@value #MAX_MESSAGE} characters
 */
public record FailedRecord(int record, FailureCode code, String message) implements RecordOutcome {
    /** The longest message kept, in characters. */
    public static final int MAX_MESSAGE = 1_000;

    public FailedRecord {
        Objects.requireNonNull(code, "code");
        message = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
    }

    @Override
    public FailedRecord of(int otherRecord) {
        return new FailedRecord(otherRecord, code, message);
    }
}
