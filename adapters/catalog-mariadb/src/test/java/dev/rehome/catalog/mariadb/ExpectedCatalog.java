package dev.rehome.catalog.mariadb;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.RecordTotals;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A model of a table under migration, in plain Java and from the specification alone: a record is to be migrated if and only
 * if its column holds a legacy key; the update changes only what still holds exactly the value that was read; every record
 * ends as migrated, changed, deleted or failed.
 */
final class ExpectedCatalog {
    /** A row: the parts of its key, and its location. */
    record Row(List<Object> key, String value) {
        RowKey record() {
            return new RowKey(key.stream().map(RandomRowKey::asText).toList());
        }
    }

    private final RandomTable table;
    private final RandomPrefixes prefixes;
    private final Map<Integer, Row> rows = new TreeMap<>();
    private final Map<SourceRecord, Set<String>> failures = new HashMap<>();

    ExpectedCatalog(RandomTable table, RandomPrefixes prefixes) {
        this.table = table;
        this.prefixes = prefixes;
    }

    /** The rows by their number; the application changes them. */
    Map<Integer, Row> rows() {
        return rows;
    }

    /** The expected result of {@link RandomTable#rows}. */
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
            line.add(RandomTable.UNTOUCHED);
            shown.add(line);
        });
        return shown;
    }

    /** The records that a scan must find: the legacy rows, or the distinct legacy values of a table without a key. */
    Set<SourceRecord> legacy() {
        return rows.values().stream()
                .filter(row -> prefixes.isLegacy(row.value()))
                .map(this::source)
                .collect(Collectors.toSet());
    }

    private SourceRecord source(Row row) {
        RowKey key = table.key().isUsable()
                ? row.record()
                : RowKey.of(
                        table.column().isBinary()
                                ? HexFormat.of().formatHex(row.value().getBytes(StandardCharsets.UTF_8))
                                : row.value());
        return new SourceRecord(key, row.value());
    }

    /** How many legacy records have a new value that is too long. */
    long tooLong() {
        return legacy().stream()
                .filter(record -> !table.column().hasRoom(prefixes.targetOf(record.location())))
                .count();
    }

    /** Whether the new key starts with the legacy prefix, so that a consumer must reject it. */
    boolean wouldBeLegacyAgain(SourceRecord record) {
        return prefixes.isLegacy(prefixes.targetOf(record.location()));
    }

    /** Whether two different legacy keys have one target key. */
    boolean collides() {
        Set<String> values = legacy().stream().map(SourceRecord::location).collect(Collectors.toSet());
        return values.stream().map(prefixes::targetOf).distinct().count() < values.size();
    }

    /** The failure codes of a record with exactly this value. */
    Set<String> reported(SourceRecord record) {
        return failures.getOrDefault(record, Set.of());
    }

    /** Notes that a record failed. */
    void fails(SourceRecord record, String code) {
        failures.computeIfAbsent(record, any -> new HashSet<>()).add(code);
    }

    /** Applies a batch to the model. */
    RecordTotals apply(List<SourceRecord> batch, Set<Integer> failed) {
        RecordTotals totals = RecordTotals.NONE.withFailed(failed.size());
        for (int i = 0; i < batch.size(); i++) {
            if (!failed.contains(i)) {
                totals = totals.plus(apply(batch.get(i)));
            }
        }
        return totals;
    }

    private RecordTotals apply(SourceRecord record) {
        String target = prefixes.targetOf(record.location());
        List<Integer> unchanged = holders(record).stream()
                .filter(number -> record.location().equals(rows.get(number).value()))
                .toList();
        if (unchanged.isEmpty()) {
            return withoutUpdate(record, target);
        }
        if (!table.column().hasRoom(target)) {
            fails(record, "VALUE_TOO_LONG");
            return RecordTotals.NONE.withFailed(1);
        }
        unchanged.forEach(number -> rows.put(number, new Row(rows.get(number).key(), target)));
        return RecordTotals.NONE.withMigrated(1);
    }

    /** No row holds the value any more. Without a row key, deleted and changed rows can't be distinguished. */
    private RecordTotals withoutUpdate(SourceRecord record, String target) {
        if (!table.key().isUsable()) {
            return RecordTotals.NONE.withChanged(1);
        }
        List<Integer> holders = holders(record);
        if (holders.isEmpty()) {
            return RecordTotals.NONE.withDeleted(1);
        }
        return target.equals(rows.get(holders.get(0)).value())
                ? RecordTotals.NONE.withMigrated(1)
                : RecordTotals.NONE.withChanged(1);
    }

    /** The rows of a record: the one with its key, or all that hold its value. */
    private List<Integer> holders(SourceRecord record) {
        return rows.keySet().stream()
                .filter(number -> table.key().isUsable()
                        ? rows.get(number).record().equals(record.rowKey())
                        : record.location().equals(rows.get(number).value()))
                .toList();
    }
}
