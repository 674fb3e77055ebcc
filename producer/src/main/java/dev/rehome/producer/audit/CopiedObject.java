package dev.rehome.producer.audit;

import java.util.Objects;

/**
 * A legacy object that no row names, and whose copy the listings prove.
 *
 * @param oldKey its key in the legacy bucket
 * @param newKey the copy's key in the new bucket
 * @param proof the recorded ETag of the copy, which the copy has
 * @param size of both, in bytes
 */
public record CopiedObject(String oldKey, String newKey, String proof, long size) {
    public CopiedObject {
        Objects.requireNonNull(oldKey, "oldKey");
        Objects.requireNonNull(newKey, "newKey");
        Objects.requireNonNull(proof, "proof");
    }
}
