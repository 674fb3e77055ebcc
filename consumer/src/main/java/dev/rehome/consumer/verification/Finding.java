package dev.rehome.consumer.verification;

import dev.rehome.common.catalog.MigratedRecord;
import java.util.Objects;

/**
 * A migrated record whose reference isn't intact.
 *
 * @param objects the objects at both ends; {@link #NOT_INSPECTED} if the row holds another value
 * @param message details, such as the store's error; may be empty
 * @param repaired whether the object was copied again
 */
record Finding(Kind kind, MigratedRecord record, ObjectPair objects, String message, boolean repaired) {
    /** The problem. The names are printed in the report and in the file of findings. */
    enum Kind {
        /** The target has no object. */
        MISSING("the row refers to no object; `consumer verify --repair` copies it again while the source exists"),
        /** The target's ETag differs from the copy's. */
        TARGET_CHANGED("another object has replaced the copy; correct if the application wrote it"),
        /** The source was written after it was copied. */
        SOURCE_OVERWRITTEN("the row refers to the earlier content; compare the two objects and copy the right one"),
        /** The contents differ, although neither object was written after the copy. */
        CONTENT_DIFFERS("the copy isn't the source; compare the two objects and copy the right one"),
        /** The row holds neither key, and no object has the key that it holds. */
        ALTERED(
                "the row holds neither its old nor its new key, and no object has its value as a key: a trigger altered the"
                        + " value, or the application refers to something outside the buckets"),
        /** The row holds the old key again. */
        REVERTED("the row holds its old key again; the next run of the producer migrates it"),
        /** The store refuses to describe an object. */
        UNREADABLE("grant the missing permission and verify again"),
        /** The store fails for this object, although it responds to others. */
        UNAVAILABLE("every request for the object failed; verify again, and ask the store's operator if it persists");

        private final String advice;

        Kind(String advice) {
            this.advice = advice;
        }

        /** The meaning and the remedy, in one clause. */
        String advice() {
            return advice;
        }
    }

    /** For rows whose value has no known pair of objects. */
    static final ObjectPair NOT_INSPECTED =
            new ObjectPair(ObjectPair.StatResult.SKIPPED, ObjectPair.StatResult.SKIPPED);

    Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(objects, "objects");
        Objects.requireNonNull(message, "message");
    }

    /** A finding about a row that still holds its new key. */
    static Finding ofObjects(Kind kind, MigratedRecord record, ObjectPair objects) {
        return new Finding(kind, record, objects, objects.failures(), false);
    }

    /** A finding about a row that holds another value. */
    static Finding ofRow(Kind kind, MigratedRecord record) {
        String message =
                record.current().map(value -> "the row holds '" + value + "'").orElse("");
        return new Finding(kind, record, NOT_INSPECTED, message, false);
    }

    Finding asRepaired() {
        return new Finding(kind, record, objects, message, true);
    }

    /** The same finding, with the reason why it couldn't be repaired. */
    Finding notRepaired(String reason) {
        return new Finding(kind, record, objects, reason, false);
    }
}
