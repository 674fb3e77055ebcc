package dev.rehome.common.queue;

import dev.rehome.common.batch.BatchId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The contents of a queue as one line, with the ids of {@link dev.rehome.common.batch.TestBatches} as numbers: {@code
 * pending 3 4, leased 2, copied 1}. Pending, copied and dead are in their order, oldest first; the others are sorted.
 * Empty places are left out, and so is the place of all open ones where it holds just the ids of the others.
 */
public final class QueueContents {
    private QueueContents() {}

    /** Writes the line. */
    public static String of(
            List<BatchId> pending,
            Collection<BatchId> leased,
            List<BatchId> copied,
            List<BatchId> dead,
            Collection<BatchId> open) {
        List<String> places = new ArrayList<>();
        add(places, "pending", numbers(pending));
        add(places, "leased", new TreeSet<>(numbers(leased)));
        add(places, "copied", numbers(copied));
        add(places, "dead", numbers(dead));
        TreeSet<Long> all = new TreeSet<>(numbers(pending));
        all.addAll(numbers(leased));
        all.addAll(numbers(copied));
        all.addAll(numbers(dead));
        TreeSet<Long> opened = new TreeSet<>(numbers(open));
        if (!opened.equals(all)) {
            places.add("open " + written(opened));
        }
        return String.join(", ", places);
    }

    private static void add(List<String> places, String name, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            places.add(name + " " + written(ids));
        }
    }

    private static String written(Collection<Long> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static List<Long> numbers(Collection<BatchId> ids) {
        return ids.stream()
                .map(id -> id.value().getLeastSignificantBits() & 0xFFFF)
                .toList();
    }
}
