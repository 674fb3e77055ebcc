package dev.rehome.consumer.store;

import java.util.Objects;

/**
 * What a store says of an object without its bytes.
 *
 * @param etag the store's tag of this content, without quotes
 * @param size bytes
 */
public record ObjectStat(String etag, long size) {
    public ObjectStat {
        Objects.requireNonNull(etag, "etag");
    }
}
