package dev.rehome.producer.audit;

import java.util.Objects;

/**
 * One finding of an audit.
 *
 * @param kind its kind
 * @param bucket the bucket of the key
 * @param objectKey the key
 * @param detail the row's key, sizes or ETags; may be empty
 */
public record AuditFinding(Kind kind, String bucket, String objectKey, String detail) {
    /** The kind of a finding. The names are printed in the report and in the file of findings. */
    public enum Kind {
        /** A row names a key, and no object has it. */
        ROW_WITHOUT_OBJECT("restore the object or correct the row"),
        /** The same, for an object that this migration copied. */
        APPLIED_BUT_MISSING("somebody deleted the copy: `consumer verify --repair` copies it again"),
        /** There is a copy for a row that still holds its legacy key. */
        COPIED_NOT_APPLIED("run the producer again; `producer failures` says why a row was left out"),
        /** The copy's size differs from its source's. */
        SIZE_DIFFERS("one of the two was written after the copy: compare them"),
        /** The copy's ETag differs from the recorded one. */
        ETAG_DIFFERS("another object has replaced the copy; correct if the application wrote it"),
        /** No row names the new object. */
        TARGET_WITHOUT_ROW("nothing to do: the application deleted or changed the row, or uses the object otherwise"),
        /** No row names the legacy object, and it was never copied. */
        SOURCE_WITHOUT_ROW("nothing to do: the application doesn't refer to it in this column");

        private final String advice;

        Kind(String advice) {
            this.advice = advice;
        }

        /** Whether it makes the audit fail. An object without a row is only a note. */
        public boolean isProblem() {
            return this != TARGET_WITHOUT_ROW && this != SOURCE_WITHOUT_ROW;
        }

        /** What to do about it, in one clause. */
        public String advice() {
            return advice;
        }
    }

    public AuditFinding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(objectKey, "objectKey");
        Objects.requireNonNull(detail, "detail");
    }
}
