package dev.rehome.common.store;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The result of a copy: the object is at its target, with proof, or the store refuses permanently. */
public sealed interface CopyResult permits CopyResult.Copied, Refusal {
    /**
     * The object is at its target.
     *
     * @param location where it is
     * @param proof the target's proof of its content
     * @param size in bytes, if a request revealed it
     * @param sha256 the SHA-256 of the bytes in lower-case hexadecimal digits, if the transfer computed it
     */
    record Copied(Location location, ContentProof proof, OptionalLong size, Optional<String> sha256)
            implements CopyResult {
        public Copied {
            Objects.requireNonNull(location, "location");
            Objects.requireNonNull(proof, "proof");
            Objects.requireNonNull(size, "size");
            Objects.requireNonNull(sha256, "sha256");
        }

        /** A copy whose digest isn't known. */
        public Copied(Location location, ContentProof proof, OptionalLong size) {
            this(location, proof, size, Optional.empty());
        }
    }
}
