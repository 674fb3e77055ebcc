package dev.rehome.manifest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A set of texts as 64 bits of each one's SHA-256: eight bytes a text, whatever its length. Two of ten million texts
 * have the same bits in one of 300,000 such sets: enough to count with; a refusal looks at the texts themselves. Not safe
 * for use by several threads.
 */
final class KeyHashes {
    private final MessageDigest digest;
    private long[] hashes;
    private int size;
    private boolean sorted;

    KeyHashes(long expected) {
        this.hashes = new long[(int) Math.min(Math.max(16, expected), Integer.MAX_VALUE - 8)];
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Adds a text at the end, before anything is looked up. */
    void add(String text) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size + (size >> 1));
        }
        hashes[size++] = hash(text);
    }

    /** The bits of a text. */
    long hash(String text) {
        byte[] bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
        long hash = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            hash = (hash << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        return hash;
    }

    int size() {
        return size;
    }

    /** The bits at a place, in the order of adding; only before {@link #sort}. */
    long at(int place) {
        return hashes[place];
    }

    /** A copy that can be looked in. */
    KeyHashes sort() {
        KeyHashes copy = new KeyHashes(size);
        System.arraycopy(hashes, 0, copy.hashes, 0, size);
        copy.size = size;
        Arrays.sort(copy.hashes, 0, size);
        copy.sorted = true;
        return copy;
    }

    /** Whether a text is one of them; only of a sorted copy. */
    boolean contains(String text) {
        return has(hash(text));
    }

    boolean has(long hash) {
        if (!sorted) {
            throw new IllegalStateException("Not sorted");
        }
        return Arrays.binarySearch(hashes, 0, size, hash) >= 0;
    }

    /** How many different ones there are; only of a sorted copy. */
    long distinct() {
        long distinct = 0;
        for (int i = 0; i < size; i++) {
            distinct += i == 0 || hashes[i] != hashes[i - 1] ? 1 : 0;
        }
        return distinct;
    }
}
