package dev.rehome.emulation.benchmark.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Records which sample objects were copied and which legacy objects were deleted, with one bit each, and counts the copies. Its
 * memory depends only on the number of rows. Safe for use by several threads.
 */
final class CopyJournal {
    private static final int SHOWN = 10;

    private final AtomicLongArray copied;
    private final AtomicLongArray deleted;
    private final LongAdder copies = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder slowedDown = new LongAdder();
    private final List<String> strange = new ArrayList<>();

    CopyJournal(long rows) {
        this.copied = new AtomicLongArray(Math.toIntExact((rows >> 6) + 1));
        this.deleted = new AtomicLongArray(copied.length());
    }

    /** Whether the new bucket has the object of a row. */
    boolean isCopied(long id) {
        return (copied.get((int) (id >> 6)) & 1L << id) != 0;
    }

    /** Whether the object of a row was deleted from the legacy bucket. */
    boolean isDeleted(long id) {
        return (deleted.get((int) (id >> 6)) & 1L << id) != 0;
    }

    /** Records the deletion of a legacy object. */
    void delete(long id) {
        deleted.getAndUpdate((int) (id >> 6), bits -> bits | 1L << id);
    }

    /** Records a copy; false if the target exists, but the copy requires that it doesn't. */
    boolean copy(long id, boolean onlyIfAbsent) {
        long bit = 1L << id;
        boolean existed = (copied.getAndUpdate((int) (id >> 6), bits -> bits | bit) & bit) != 0;
        if (existed && onlyIfAbsent) {
            rejected.increment();
            return false;
        }
        copies.increment();
        if (existed) {
            repeated.increment();
        }
        return true;
    }

    void slowedDown() {
        slowedDown.increment();
    }

    /** Notes a copy of a sample object to an unexpected key. */
    synchronized void strange(String text) {
        if (strange.size() < SHOWN) {
            strange.add(text);
        }
    }

    /** The counts, as {@link SyntheticTotals#parse} reads them. */
    synchronized String totals() {
        return new SyntheticTotals(copies.sum(), repeated.sum(), rejected.sum(), slowedDown.sum(), List.copyOf(strange))
                .text();
    }

    /** The bits of all rows, eight in a byte, the lowest first. */
    byte[] bits() {
        byte[] bytes = new byte[copied.length() * Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (copied.get(i >> 3) >>> ((i & 7) * Byte.SIZE));
        }
        return bytes;
    }
}
