package dev.rehome.common.catalog;

import java.util.Objects;
import java.util.Optional;

/**
 * One object that a manifest names.
 *
 * @param objectKey its key in the source container; never empty
 * @param targetKey its key in the target container; empty when the prefixes determine it
 */
public record ManifestEntry(String objectKey, Optional<String> targetKey) {
    public ManifestEntry {
        Objects.requireNonNull(targetKey, "targetKey");
        if (objectKey.isEmpty()) {
            throw new IllegalArgumentException("An object key can't be empty");
        }
    }
}
