package dev.rehome.common.store;

import dev.rehome.common.batch.FailureCode;
import java.util.Objects;
import java.util.OptionalLong;

/** What came of a copy: the object is there, with proof, or the store refuses for good. */
public sealed interface CopyResult {
    /**
     * The object stands at the target.
     *
     * @param etag the target's ETag, without quotes, never empty: the proof
     * @param size bytes, where a request told it
     * @param moved whether bytes were copied; false when the same content was there already
     */
    record Copied(String etag, OptionalLong size, boolean moved) implements CopyResult {
        public Copied {
            Objects.requireNonNull(size, "size");
            if (etag.isEmpty()) {
                throw new IllegalArgumentException("A copy without an ETag is not proved");
            }
        }
    }

    /**
     * The store refuses, and asking again won't help.
     *
     * @param code the kind of refusal
     * @param message the store's words, with the location
     * @param wholesale whether the reason lies in a right or a bucket, so that every other copy may be refused as well
     */
    record Refused(FailureCode code, String message, boolean wholesale) implements CopyResult {
        public Refused {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(message, "message");
        }

        /**
         * As wholesale as the code tells: a right that is missing. A key of the key management that is disabled may be that
         * of some objects only, which are reported so that the others are moved.
         */
        public Refused(FailureCode code, String message) {
            this(code, message, code == FailureCode.ACCESS_DENIED);
        }
    }
}
