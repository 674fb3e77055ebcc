package dev.rehome.emulation.model;

import dev.rehome.common.batch.RowKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The live application, and the judge of what became of its rows: its own journal is all that it trusts. */
final class Application {
    private static final int ROWS = 14;
    private static final int MOST_ROWS = 30;

    private final RandomGenerator random;
    private final Map<RowKey, String> rows;
    private final Set<String> objects;
    private final Map<RowKey, String> journal = new HashMap<>();

    Application(RandomGenerator random, Map<RowKey, String> rows, Set<String> objects) {
        this.random = random;
        this.rows = rows;
        this.objects = objects;
        for (int id = 1; id <= ROWS; id++) {
            put(2 * id, legacy(id));
        }
    }

    /** One write: a new row, also behind the scan's position; a change, also back to a legacy key; or a deletion. */
    void write() {
        int id = 1 + random.nextInt(MOST_ROWS);
        switch (random.nextInt(8)) {
            case 0 -> delete(id);
            case 1 -> put(id, null);
            case 2 -> put(id, "else/" + id);
            case 3 -> put(id, "OLD/" + id);
            case 4 -> put(id, legacy(random.nextInt(MOST_ROWS)));
            default -> put(id, "else/" + random.nextInt(MOST_ROWS));
        }
    }

    /** A legacy key; one in five has no object, and some are shared by rows. */
    private String legacy(int id) {
        String key = "old/" + id;
        if (id % 5 != 0) {
            objects.add(key);
        }
        return key;
    }

    private void put(int id, String location) {
        rows.put(World.key(id), location);
        journal.put(World.key(id), location);
    }

    private void delete(int id) {
        rows.remove(World.key(id));
        journal.remove(World.key(id));
    }

    /** What doesn't hold; empty when all does. */
    String breach(Map<RowKey, String> now, Set<String> targets, Set<String> sources, boolean end) {
        if (!now.keySet().equals(journal.keySet())) {
            return "rows " + now.keySet() + ", the application has " + journal.keySet();
        }
        for (Map.Entry<RowKey, String> row : now.entrySet()) {
            String written = journal.get(row.getKey());
            String value = row.getValue();
            boolean movable = World.KEYS.isLegacy(written) && sources.contains(written);
            String moved = movable ? World.KEYS.targetOf(written) : null;
            boolean untouched = Objects.equals(value, written);
            if (!untouched && !(movable && value != null && value.equals(moved))) {
                return "row " + row.getKey() + " holds " + value + ", the application wrote " + written;
            }
            if (!untouched && !targets.contains(moved)) {
                return "row " + row.getKey() + " points at " + value + ", which is not there";
            }
            if (end && movable && untouched) {
                return "row " + row.getKey() + " was left behind with " + value;
            }
        }
        return "";
    }
}
