package dev.rehome.common.batch;

import java.util.Arrays;

/**
 * A set of keys as their hashes: eight bytes per added key. A key that isn't in a set of ten million is found in it with a
 * probability of 1 in 400,000 million. Keys are added first and looked up afterwards. Not safe for use by several threads.
 */
public final class KeySet {
    private final KeyHash hash = new KeyHash();
    private long[] hashes;
    private int size;
    private boolean sorted = true;

    /** An empty set; {@code expected}: how many keys will be added, as far as it is known. */
    public KeySet(long expected) {
        this.hashes = new long[(int) Math.min(Math.max(16, expected), Integer.MAX_VALUE - 8)];
    }

    /** Adds a key; adding it again changes nothing. */
    public void add(String key) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size + (size >> 1));
        }
        hashes[size++] = hash.of(key);
        sorted = false;
    }

    /** Whether the key was added. */
    public boolean contains(String key) {
        sort();
        return Arrays.binarySearch(hashes, 0, size, hash.of(key)) >= 0;
    }

    /** The number of different keys. */
    public long count() {
        sort();
        return size;
    }

    private void sort() {
        if (sorted) {
            return;
        }
        Arrays.sort(hashes, 0, size);
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[distinct++] = hashes[i];
            }
        }
        size = distinct;
        sorted = true;
    }
}
