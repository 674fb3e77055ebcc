package dev.rehome.common.store;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What a store says of an object without its bytes.
 *
 * @param etag the store's tag of this content, without quotes
 * @param size bytes
 * @param modified when it was written, by the store's clock
 * @param digests digests of all its bytes that the store knows, by their kind; often none
 */
public record ObjectStat(String etag, long size, Instant modified, Map<String, String> digests) {
    public ObjectStat {
        Objects.requireNonNull(etag, "etag");
        Objects.requireNonNull(modified, "modified");
        digests = Map.copyOf(digests);
    }

    /** Whether the two surely hold the same bytes. */
    public boolean isSameAs(ObjectStat other) {
        return size == other.size && (size == 0 || etag.equals(other.etag) || hasEqualDigest(other));
    }

    /** Whether the two surely hold other bytes. Neither this nor {@link #isSameAs}: the store doesn't tell. */
    public boolean isOtherThan(ObjectStat other) {
        return !isSameAs(other)
                && (size != other.size || digests.keySet().stream().anyMatch(other.digests::containsKey));
    }

    private boolean hasEqualDigest(ObjectStat other) {
        return digests.entrySet().stream()
                .anyMatch(digest -> digest.getValue().equals(other.digests.get(digest.getKey())));
    }
}
