package dev.rehome.common.catalog;

import java.util.Objects;
import java.util.Optional;

/**
 * One object that a manifest names.
 *
 * @param key its key in the source bucket; never empty
 * @param target its key in the target bucket; empty where the prefixes make it
 */
public record ManifestEntry(String key, Optional<String> target) {
    public ManifestEntry {
        Objects.requireNonNull(target, "target");
        if (key.isEmpty()) {
            throw new IllegalArgumentException("No object has an empty key");
        }
    }
}
