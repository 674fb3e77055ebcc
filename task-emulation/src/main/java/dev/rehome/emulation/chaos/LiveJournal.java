package dev.rehome.emulation.chaos;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the application wrote and the database acknowledged, row by row. A write whose answer was lost may have happened
 * or not: both are allowed. Safe for use by several threads.
 */
final class LiveJournal {
    /**
     * What a row may hold before the migration looks at it.
     *
     * @param present false when the row is deleted
     * @param location the value; null is a value too
     */
    record Content(boolean present, String location) {
        static final Content ABSENT = new Content(false, null);

        static Content of(String location) {
            return new Content(true, location);
        }
    }

    private final Map<Long, Set<Content>> rows = new ConcurrentHashMap<>();

    /** The write is committed: nothing earlier counts. */
    void committed(long id, Content content) {
        rows.put(id, Set.of(content));
    }

    /** The write may be committed: what was before is possible as well. */
    void unknown(long id, Content content, Content before) {
        rows.compute(id, (row, known) -> {
            Set<Content> possible = new HashSet<>(known == null ? Set.of(before) : known);
            possible.add(content);
            return Set.copyOf(possible);
        });
    }

    /** What the row may hold, by the application's last word; {@code seeded} where it said nothing. */
    Set<Content> allowed(long id, Content seeded) {
        return rows.getOrDefault(id, Set.of(Objects.requireNonNull(seeded)));
    }

    /** How many rows the application wrote. */
    int size() {
        return rows.size();
    }
}
