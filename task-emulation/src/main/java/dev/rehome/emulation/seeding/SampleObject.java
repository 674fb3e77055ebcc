package dev.rehome.emulation.seeding;

import java.util.Map;
import java.util.SplittableRandom;

/**
 * One object of the sample, computed from the number of its row.
 *
 * @param id the number of its row
 * @param key its object key in the legacy bucket
 * @param size its size in bytes
 */
public record SampleObject(long id, String key, int size) {
    /** Its content, which differs from that of every other object. */
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
