package dev.rehome.common.store;

import java.util.Objects;

/**
 * A store's address of an object.
 *
 * @param bucket the bucket, never empty
 * @param key the key, byte for byte; nothing is normalised
 */
public record Location(String bucket, String key) {
    public Location {
        Objects.requireNonNull(key, "key");
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException("A location has a bucket");
        }
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
