package dev.rehome.common.batch;

import java.util.List;

/**
 * The catalog's key of one record, part by part, as text.
 *
 * <p>Text, because an unsigned 64-bit key fits no {@code long} and JSON readers round it; the database alone compares
 * keys. Bytes are written as lower-case hex.
 *
 * @param parts one to four, none null
 */
public record RowKey(List<String> parts) {
    /** The most columns that a key may have. */
    public static final int MAX_PARTS = 4;

    public RowKey {
        parts = List.copyOf(parts);
        if (parts.isEmpty() || parts.size() > MAX_PARTS) {
            throw new IllegalArgumentException("A key has 1 to " + MAX_PARTS + " parts, not " + parts.size());
        }
    }

    /** A key of the given parts. */
    public static RowKey of(String... parts) {
        return new RowKey(List.of(parts));
    }

    @Override
    public String toString() {
        return String.join("/", parts);
    }
}
