package dev.rehome.producer.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts things by kind and keeps the first few of each kind as examples. For one thread.
 *
 * @param <K> the kinds, which are listed in their natural order
 * @param <E> the examples
 */
public final class Tally<K extends Comparable<K>, E> {
    private final int kept;
    private final Map<K, Long> counts = new TreeMap<>();
    private final Map<K, List<E>> first = new TreeMap<>();

    /** {@code kept}: how many examples of each kind are kept. */
    public Tally(int kept) {
        this.kept = kept;
    }

    /** Counts one thing of a kind. */
    public void add(K kind, E example) {
        counts.merge(kind, 1L, Long::sum);
        List<E> examples = first.computeIfAbsent(kind, any -> new ArrayList<>());
        if (examples.size() < kept) {
            examples.add(example);
        }
    }

    /** How many things of a kind there are. */
    public long count(K kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** The number of things of each kind that occurs. */
    public Map<K, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** The first things of a kind. */
    public List<E> first(K kind) {
        return Collections.unmodifiableList(first.getOrDefault(kind, List.of()));
    }

    /** The number of all things. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
