package dev.rehome.catalog.mariadb;

/**
 * Which source each target was first seen with, as hashes of 64 bits: sixteen bytes a slot, up to a bound. When that is
 * reached, the upper half of the targets' range is let go, for another pass to look at.
 */
final class SeenTargets {
    private static final int FIRST_SLOTS = 16;

    private final int mostSlots;
    private final long from;
    private long to = Long.MAX_VALUE;
    private long[] targets = new long[FIRST_SLOTS];
    private long[] sources = new long[FIRST_SLOTS];
    private int size;

    /**
     * Nothing seen yet.
     *
     * @param from the least target that is looked at
     * @param mostSlots a power of two, at least 16
     */
    SeenTargets(long from, int mostSlots) {
        this.from = from;
        this.mostSlots = mostSlots;
    }

    /** The least target that was let go: where the next pass begins; {@link Long#MAX_VALUE} after the last one. */
    long end() {
        return to;
    }

    /** Notes a target that is not negative; answers whether it was seen with another source. */
    boolean clashes(long target, long source) {
        if (target < from || target >= to) {
            return false;
        }
        int slot = slot(targets, target);
        if (targets[slot] == mark(target)) {
            return sources[slot] != source;
        }
        put(slot, target, source);
        while (size > targets.length / 2) {
            if (targets.length < mostSlots) {
                keep(targets.length * 2);
            } else {
                to = from + (to - from) / 2;
                keep(targets.length);
            }
        }
        return false;
    }

    private void put(int slot, long target, long source) {
        targets[slot] = mark(target);
        sources[slot] = source;
        size++;
    }

    /** Zero is a free slot. */
    private static long mark(long target) {
        return target + 1;
    }

    private static int slot(long[] table, long target) {
        int slot = (int) target & (table.length - 1);
        while (table[slot] != 0 && table[slot] != mark(target)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private void keep(int slots) {
        long[] oldTargets = targets;
        long[] oldSources = sources;
        targets = new long[slots];
        sources = new long[slots];
        size = 0;
        for (int i = 0; i < oldTargets.length; i++) {
            long target = oldTargets[i] - 1;
            if (oldTargets[i] != 0 && target < to) {
                put(slot(targets, target), target, oldSources[i]);
            }
        }
    }
}
