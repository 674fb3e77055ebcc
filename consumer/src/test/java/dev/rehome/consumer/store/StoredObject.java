package dev.rehome.consumer.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An object as a test writes and reads it.
 *
 * @param bytes its content; not to be changed
 * @param contentType its media type
 * @param cacheControl its caching header
 * @param metadata its user metadata, with names in lower case
 * @param tags its tags
 */
public record StoredObject(
        byte[] bytes,
        String contentType,
        String cacheControl,
        Map<String, String> metadata,
        Map<String, String> tags) {
    public StoredObject {
        metadata = Map.copyOf(metadata);
        tags = Map.copyOf(tags);
    }

    /** A picture with metadata and without tags. */
    public static StoredObject of(String content) {
        return new StoredObject(
                content.getBytes(StandardCharsets.UTF_8),
                "image/png",
                "max-age=60",
                Map.of("owner", "42", "origin", "camera"),
                Map.of());
    }

    /** The same with tags. */
    public StoredObject withTags(Map<String, String> others) {
        return new StoredObject(bytes, contentType, cacheControl, metadata, others);
    }
}
