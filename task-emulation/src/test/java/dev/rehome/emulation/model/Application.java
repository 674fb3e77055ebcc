package dev.rehome.emulation.model;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.TargetKeyRule;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** The live application, and the judge of its rows: it trusts only its own journal of what it wrote. */
final class Application {
    private static final int FIRST_ROWS = 14;
    static final int MAX_ROWS = 30;

    private final RandomGenerator random;
    private final Map<RowKey, String> rows;
    private final SimulatedStore store;
    private final TargetKeyRule keys;
    private final Map<RowKey, String> journal = new HashMap<>();

    Application(RandomGenerator random, Map<RowKey, String> rows, SimulatedStore store, TargetKeyRule keys) {
        this.random = random;
        this.rows = rows;
        this.store = store;
        this.keys = keys;
        for (int id = 1; id <= FIRST_ROWS; id++) {
            put(2 * id, legacy(id));
        }
    }

    /** One write: an insert, also before the scan's position; an update, also back to a legacy key; or a delete. */
    void write() {
        int id = 1 + random.nextInt(MAX_ROWS);
        switch (random.nextInt(8)) {
            case 0 -> delete(id);
            case 1 -> put(id, null);
            case 2 -> put(id, "else/" + id);
            case 3 -> put(id, "OLD/" + id);
            case 4 -> put(id, legacy(random.nextInt(MAX_ROWS)));
            default -> put(id, "else/" + random.nextInt(MAX_ROWS));
        }
    }

    private String legacy(int number) {
        String objectKey = "old/" + number;
        store.put(objectKey);
        return objectKey;
    }

    private void put(int id, String location) {
        rows.put(rowKey(id), location);
        journal.put(rowKey(id), location);
    }

    private void delete(int id) {
        rows.remove(rowKey(id));
        journal.remove(rowKey(id));
    }

    private static RowKey rowKey(int id) {
        return RowKey.of(Integer.toString(id));
    }

    /** The first guarantee that the rows violate; empty when they violate none. {@code atEnd}: after a complete run. */
    String violation(boolean atEnd) {
        if (!journal.keySet().equals(rows.keySet())) {
            return "rows " + rows.keySet() + ", but the application has " + journal.keySet();
        }
        return rows.entrySet().stream()
                .map(row -> violation(row.getKey(), row.getValue(), atEnd))
                .filter(violation -> !violation.isEmpty())
                .findFirst()
                .orElse("");
    }

    private String violation(RowKey rowKey, String value, boolean atEnd) {
        String written = journal.get(rowKey);
        boolean migratable = store.isMigratable(written);
        if (Objects.equals(value, written)) {
            return atEnd && migratable ? "row " + rowKey + " was not migrated from " + value : "";
        }
        if (!migratable || !keys.targetOf(written).equals(value)) {
            return "row " + rowKey + " holds " + value + ", but the application wrote " + written;
        }
        return store.isCopied(written) ? "" : "row " + rowKey + " refers to " + value + ", which doesn't exist";
    }
}
