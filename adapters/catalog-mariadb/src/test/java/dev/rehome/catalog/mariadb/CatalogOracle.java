package dev.rehome.catalog.mariadb;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.RecordTotals;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What must become of a table, in plain Java and from the specification alone: a record is to be done if and only if its
 * column holds a legacy key; the update changes only what still holds exactly the value that was read; every record is
 * migrated, changed, deleted or failed.
 */
final class CatalogOracle {
    /** A row: its key's parts and its location. */
    record Row(List<Object> key, String value) {
        RowKey record() {
            return new RowKey(key.stream().map(AnyKey::told).toList());
        }
    }

    private final AnyTable table;
    private final AnyMove move;
    private final Map<Integer, Row> rows = new TreeMap<>();
    private final Map<SourceRecord, Set<String>> failures = new java.util.HashMap<>();

    CatalogOracle(AnyTable table, AnyMove move) {
        this.table = table;
        this.move = move;
    }

    /** The rows by their number, to be changed by the application. */
    Map<Integer, Row> rows() {
        return rows;
    }

    /** What the table must look like, as {@link AnyTable#rows} shows it. */
    List<List<String>> shown() {
        List<List<String>> shown = new ArrayList<>();
        rows.forEach((number, row) -> {
            List<String> line = new ArrayList<>();
            line.add(number.toString());
            line.add(
                    row.value() == null
                            ? null
                            : HexFormat.of()
                                    .withUpperCase()
                                    .formatHex(row.value().getBytes(StandardCharsets.UTF_8)));
            line.add(AnyTable.UNTOUCHED);
            shown.add(line);
        });
        return shown;
    }

    /** What a scan must find: the legacy rows, or the distinct legacy values of a table without a key. */
    Set<SourceRecord> legacy() {
        return rows.values().stream()
                .filter(row -> move.isLegacy(row.value()))
                .map(this::source)
                .collect(Collectors.toSet());
    }

    private SourceRecord source(Row row) {
        RowKey key = table.key().serves()
                ? row.record()
                : RowKey.of(
                        table.column().isBinary()
                                ? HexFormat.of().formatHex(row.value().getBytes(StandardCharsets.UTF_8))
                                : row.value());
        return new SourceRecord(key, row.value());
    }

    /** How many legacy records have a new value without room. */
    long tooLong() {
        return legacy().stream()
                .filter(record -> !table.column().hasRoom(move.moved(record.location())))
                .count();
    }

    /** Whether the new key lies under the legacy prefix: a consumer must refuse it. */
    boolean wouldBeLegacyAgain(SourceRecord record) {
        return move.isLegacy(move.moved(record.location()));
    }

    /** Whether two different legacy keys would fall on one target. */
    boolean collides() {
        Set<String> values = legacy().stream().map(SourceRecord::location).collect(Collectors.toSet());
        return values.stream().map(move::moved).distinct().count() < values.size();
    }

    /** The codes under which a record was reported as failed with this very value. */
    Set<String> reported(SourceRecord record) {
        return failures.getOrDefault(record, Set.of());
    }

    /** A consumer reports a record as failed. */
    void fails(SourceRecord record, String code) {
        failures.computeIfAbsent(record, any -> new HashSet<>()).add(code);
    }

    /** The bulk update of a batch. */
    RecordTotals apply(List<SourceRecord> batch, Set<Integer> failed) {
        int[] sums = new int[4];
        for (int i = 0; i < batch.size(); i++) {
            sums[failed.contains(i) ? 3 : apply(batch.get(i))]++;
        }
        return RecordTotals.NONE
                .withMigrated(sums[0])
                .withChanged(sums[1])
                .withDeleted(sums[2])
                .withFailed(sums[3]);
    }

    /** Migrated, changed, deleted, failed: 0 to 3. */
    private int apply(SourceRecord record) {
        String moved = move.moved(record.location());
        List<Integer> holders = holders(record);
        List<Integer> unchanged = holders.stream()
                .filter(number -> record.location().equals(rows.get(number).value()))
                .toList();
        if (unchanged.isEmpty()) {
            boolean already = table.key().serves()
                    && !holders.isEmpty()
                    && moved.equals(rows.get(holders.get(0)).value());
            return already ? 0 : holders.isEmpty() && table.key().serves() ? 2 : 1;
        }
        if (!table.column().hasRoom(moved)) {
            fails(record, "VALUE_TOO_LONG");
            return 3;
        }
        unchanged.forEach(number -> rows.put(number, new Row(rows.get(number).key(), moved)));
        return 0;
    }

    private List<Integer> holders(SourceRecord record) {
        return rows.keySet().stream()
                .filter(number -> table.key().serves()
                        ? rows.get(number).record().equals(record.rowKey())
                        : record.location().equals(rows.get(number).value()))
                .toList();
    }
}
