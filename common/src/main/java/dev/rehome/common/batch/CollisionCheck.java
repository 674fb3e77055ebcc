package dev.rehome.common.batch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds names that occur with more than one value, such as a target key that two source keys map to, among any number of
 * pairs in bounded memory.
 *
 * <p>The pairs are reduced to hashes in a table of fixed size. When the table is full, the upper half of the hash range is
 * dropped and covered by a further reading of the pairs. Names whose hashes collide are then read once more and compared as
 * text, so a coincidence of hashes is never reported. Stateless; for use by any thread.
 */
public final class CollisionCheck {
    /** Pairs that can be read repeatedly. */
    public interface Pairs {
        /** Passes every pair to the visitor, in the same order each time, until the visitor returns false. */
        void forEach(Visitor visitor);
    }

    /** Receives pairs. */
    public interface Visitor {
        /**
         * Receives a pair.
         *
         * @param position identifies the pair in messages, for example a line number
         * @return whether to continue
         */
        boolean visit(long position, String name, String value);
    }

    /** One of the values of a name, and the position of that pair. */
    public record Occurrence(long position, String value) {
        public Occurrence {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A pair whose value differs from the value that its name has in an earlier pair.
     *
     * @param first the earliest pair with this name
     * @param other a later pair with another value
     */
    public record Collision(String name, Occurrence first, Occurrence other) {
        public Collision {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(first, "first");
            Objects.requireNonNull(other, "other");
        }
    }

    private static final int BYTES_PER_SLOT = 2 * Long.BYTES;

    private final int slots;

    /** {@code slots}: the largest size of the table, 16 bytes each; a power of two, at least 16. */
    public CollisionCheck(int slots) {
        if (slots < HashTable.FIRST_SLOTS || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("Expected a power of two of at least 16 slots, got " + slots);
        }
        this.slots = slots;
    }

    /** A check that uses at most a quarter of the heap, even while its table is copied. */
    public static CollisionCheck ofQuarterHeap() {
        long affordable = Runtime.getRuntime().maxMemory() / 4 / 2 / BYTES_PER_SLOT;
        return new CollisionCheck((int) Math.min(1 << 30, Long.highestOneBit(Math.max(1 << 16, affordable))));
    }

    /**
     * Finds the colliding pairs.
     *
     * @param mostNames how many colliding names are reported at most, with all their pairs; the search stops there
     * @param found receives each pair whose value differs from the first value of its name
     */
    public void find(Pairs pairs, int mostNames, Consumer<Collision> found) {
        Set<Long> suspects = suspects(pairs, mostNames);
        if (suspects.isEmpty()) {
            return;
        }
        KeyHash hash = new KeyHash();
        Map<String, Occurrence> first = new HashMap<>();
        pairs.forEach((position, name, value) -> {
            if (suspects.contains(hash.of(name))) {
                Occurrence other = new Occurrence(position, value);
                Occurrence known = first.putIfAbsent(name, other);
                if (known != null && !known.value().equals(value)) {
                    found.accept(new Collision(name, known, other));
                }
            }
            return true;
        });
    }

    private Set<Long> suspects(Pairs pairs, int mostNames) {
        KeyHash hash = new KeyHash();
        Set<Long> suspects = new HashSet<>();
        long from = 0;
        while (from < KeyHash.BOUND && suspects.size() < mostNames) {
            HashTable seen = new HashTable(from, slots);
            pairs.forEach((position, name, value) -> {
                long nameHash = hash.of(name);
                if (seen.isInRange(nameHash) && seen.collides(nameHash, hash.of(value))) {
                    suspects.add(nameHash);
                }
                return suspects.size() < mostNames;
            });
            from = seen.end();
        }
        return suspects;
    }

    /** The value hash that each name hash was first seen with, for a range of name hashes; open addressing. */
    private static final class HashTable {
        private static final int FIRST_SLOTS = 16;

        private final int mostSlots;
        private final long from;
        private long end = KeyHash.BOUND;
        private long[] names = new long[FIRST_SLOTS];
        private long[] values = new long[FIRST_SLOTS];
        private int size;

        HashTable(long from, int mostSlots) {
            this.from = from;
            this.mostSlots = mostSlots;
        }

        /** The least hash that isn't covered: the next reading begins there. */
        long end() {
            return end;
        }

        boolean isInRange(long name) {
            return name >= from && name < end;
        }

        /** Stores the pair if the name is new; returns whether the name is known with another value. */
        boolean collides(long name, long value) {
            int slot = slot(name);
            if (names[slot] != 0) {
                return values[slot] != value;
            }
            put(slot, name, value);
            while (size > names.length / 4 * 3) {
                if (names.length < mostSlots) {
                    rebuild(names.length * 2);
                } else {
                    end = from + (end - from) / 2;
                    rebuild(names.length);
                }
            }
            return false;
        }

        /** The slot that holds the name, or the free one for it. Names are stored plus one: zero marks a free slot. */
        private int slot(long name) {
            int slot = (int) name & (names.length - 1);
            while (names[slot] != 0 && names[slot] != name + 1) {
                slot = (slot + 1) & (names.length - 1);
            }
            return slot;
        }

        private void put(int slot, long name, long value) {
            names[slot] = name + 1;
            values[slot] = value;
            size++;
        }

        private void rebuild(int newSlots) {
            long[] oldNames = names;
            long[] oldValues = values;
            names = new long[newSlots];
            values = new long[newSlots];
            size = 0;
            for (int i = 0; i < oldNames.length; i++) {
                if (oldNames[i] != 0 && isInRange(oldNames[i] - 1)) {
                    put(slot(oldNames[i] - 1), oldNames[i] - 1, oldValues[i]);
                }
            }
        }
    }
}
