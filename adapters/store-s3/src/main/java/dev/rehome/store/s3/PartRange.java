package dev.rehome.store.s3;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of an object's bytes that becomes a part.
 *
 * @param first offset of its first byte
 * @param last offset of its last byte
 */
record PartRange(long first, long last) {
    PartRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("Expected 0 <= first <= last, got " + first + " and " + last);
        }
    }

    /**
     * Divides an object.
     *
     * @param size in bytes, at least one
     * @param partSize in bytes; larger if there would be too many parts
     * @param mostParts the most parts allowed
     */
    static List<PartRange> divide(long size, long partSize, int mostParts) {
        long step = Math.max(partSize, (size + mostParts - 1) / mostParts);
        List<PartRange> parts = new ArrayList<>();
        for (long first = 0; first < size; first += step) {
            parts.add(new PartRange(first, Math.min(size, first + step) - 1));
        }
        return List.copyOf(parts);
    }

    /** In the syntax of the Range header. */
    String header() {
        return "bytes=" + first + "-" + last;
    }
}
