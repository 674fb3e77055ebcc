package dev.rehome.emulation.seeding;

import java.util.Map;
import java.util.SplittableRandom;

/**
 * One object of the sample, computed from its row's number.
 *
 * @param id the row's number
 * @param key its key in the legacy bucket
 * @param size bytes
 */
public record SampleObject(long id, String key, int size) {
    /** Its bytes: no two objects share them. */
    public byte[] bytes() {
        byte[] bytes = new byte[size];
        new SplittableRandom(id).nextBytes(bytes);
        return bytes;
    }

    /** Its content type. */
    public String contentType() {
        return id % 2 == 0 ? "image/jpeg" : "image/png";
    }

    /** Its user metadata. */
    public Map<String, String> metadata() {
        return Map.of("row", Long.toString(id), "origin", "upload");
    }
}
