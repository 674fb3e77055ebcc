package dev.rehome.common.store;

import java.util.Map;

/**
 * An object as a test writes and reads it.
 *
 * @param text its content, in UTF-8
 * @param contentType its media type
 * @param cacheControl its caching header
 * @param metadata its user metadata, with names in lower case
 * @param tags its tags
 */
public record StoredObject(
        String text, String contentType, String cacheControl, Map<String, String> metadata, Map<String, String> tags) {
    public StoredObject {
        metadata = Map.copyOf(metadata);
        tags = Map.copyOf(tags);
    }

    /** A picture with metadata and without tags. */
    public static StoredObject of(String text) {
        return new StoredObject(text, "image/png", "max-age=60", Map.of("owner", "42", "origin", "camera"), Map.of());
    }

    /** The same with tags. */
    public StoredObject withTags(Map<String, String> others) {
        return new StoredObject(text, contentType, cacheControl, metadata, others);
    }
}
