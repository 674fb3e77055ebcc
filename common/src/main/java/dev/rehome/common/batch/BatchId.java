package dev.rehome.common.batch;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Identifies one batch: a UUID of version 7 made by the producer.
 *
 * <p>It never comes from a counter in the queue: a counter that rolls back with lost data would hand out an id twice, and old
 * mapping rows would then count for a new batch.
 *
 * @param value never null
 */
public record BatchId(UUID value) {
    public BatchId {
        Objects.requireNonNull(value, "value");
    }

    /** Makes a fresh id: 48 bits of Unix milliseconds, then random bits (RFC 9562, section 5.7). */
    public static BatchId next(InstantSource time, RandomGenerator random) {
        long high = (time.millis() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = 0x8000_0000_0000_0000L | (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL);
        return new BatchId(new UUID(high, low));
    }

    /**
     * Reads the text form, which is the only one: an id that was read and written again is the same text.
     *
     * @throws IllegalArgumentException when the text isn't a UUID in lower case
     */
    public static BatchId parse(String text) {
        BatchId id = new BatchId(UUID.fromString(text));
        if (!id.toString().equals(text)) {
            throw new IllegalArgumentException("Expected a UUID in lower case, found '" + text + "'");
        }
        return id;
    }

    /** The id of 16 bytes in network order. */
    public static BatchId of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new BatchId(new UUID(buffer.getLong(), buffer.getLong()));
    }

    /** The 16 bytes in network order, as the mapping table keeps them. */
    public byte[] bytes() {
        return ByteBuffer.allocate(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
