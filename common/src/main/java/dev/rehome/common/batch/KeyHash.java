package dev.rehome.common.batch;

import dev.rehome.common.process.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Reduces object keys to 62 bits of their SHA-256, so that millions of them fit into memory. Two of ten million keys have
 * the same bits in one of 90,000 sets; a cryptographic hash keeps users from choosing such keys. For use by one thread.
 */
public final class KeyHash {
    /** Every hash is at least 0 and less than this. */
    public static final long BOUND = 1L << 62;

    private final MessageDigest digest = DigestAlgorithm.SHA_256.start();

    /** Returns the hash of a key. */
    public long of(String objectKey) {
        byte[] bytes = digest.digest(objectKey.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(bytes).getLong() & (BOUND - 1);
    }
}
