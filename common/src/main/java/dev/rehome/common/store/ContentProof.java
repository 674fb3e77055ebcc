package dev.rehome.common.store;

import java.util.Objects;

/**
 * Evidence from a store that an object exists with a certain content.
 *
 * @param kind how the value relates to the object's bytes
 * @param value the evidence, never empty; ETags are without quotes
 */
public record ContentProof(Kind kind, String value) {
    /** How a proof relates to the object's bytes. */
    public enum Kind {
        /** The store's entity tag: it changes whenever the bytes change, but equal bytes may have different tags. */
        ETAG,
        /** The SHA-256 of the object's bytes, in lower-case hexadecimal digits. */
        SHA256
    }

    public ContentProof {
        Objects.requireNonNull(kind, "kind");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("Expected a proof of the object's content, got an empty " + kind);
        }
    }

    /** An entity tag without its quotes. */
    public static ContentProof etag(String value) {
        return new ContentProof(Kind.ETAG, value);
    }
}
