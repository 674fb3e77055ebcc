package dev.rehome.catalog.mariadb.preflight;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog.Column;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.KeyColumn;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.PreflightFinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Selects the unique index that the scan follows: the primary key, else the one with the fewest columns. None of its columns
 * may be nullable, inexact, a prefix, or the updated column itself; a hash index has no order to scan in. Without such an
 * index the records are the distinct values of the updated column.
 *
 * @param updated the column that is updated
 */
record ScanKeySelector(JdbcRunner jdbc, TableName table, String updated) {
    /**
     * The columns that identify a record.
     *
     * @param name the index; empty when the column's values identify records
     */
    record Key(String name, List<KeyColumn> columns) {}

    private record Part(String index, String column, boolean usable) {}

    /** The key; empty when the table has no column to be updated. */
    Optional<Key> select(List<Column> known) {
        return index(known)
                .or(() -> known.stream()
                        .filter(each -> each.name().equalsIgnoreCase(updated))
                        .findFirst()
                        .flatMap(Column::asKey)
                        .map(column -> new Key("", List.of(column))));
    }

    List<PreflightFinding> findings(List<Column> known) {
        return select(known).filter(key -> key.name().isEmpty()).isEmpty()
                ? List.of()
                : List.of(PreflightFinding.warning(table
                        + " has no unique index of 1 to 4 columns that are NOT NULL and"
                        + " don't include " + updated + ": records are the distinct values of the column, and each"
                        + " window and each batch reads the whole table. Set SCAN_WINDOW_ROWS high, or add an index for"
                        + " the migration."));
    }

    private Optional<Key> index(List<Column> known) {
        Map<String, Column> byName = known.stream().collect(Collectors.toMap(Column::name, each -> each));
        Map<String, List<Part>> indexes = new LinkedHashMap<>();
        for (Part part : parts()) {
            indexes.computeIfAbsent(part.index(), any -> new ArrayList<>()).add(part);
        }
        return indexes.entrySet().stream()
                .filter(index -> index.getValue().size() <= RowKey.MAX_PARTS)
                .map(index -> key(index.getKey(), index.getValue(), byName))
                .flatMap(Optional::stream)
                .min(Comparator.comparing((Key key) -> !key.name().equals("PRIMARY"))
                        .thenComparing(key -> key.columns().size()));
    }

    private Optional<Key> key(String name, List<Part> parts, Map<String, Column> known) {
        List<KeyColumn> key = parts.stream()
                .filter(part -> part.usable() && !part.column().equalsIgnoreCase(updated))
                .map(part -> Optional.ofNullable(known.get(part.column())).flatMap(Column::asKey))
                .flatMap(Optional::stream)
                .toList();
        return key.size() == parts.size() ? Optional.of(new Key(name, key)) : Optional.empty();
    }

    private List<Part> parts() {
        return jdbc.list(
                "reading the unique indexes of " + table,
                sql("""
                        SELECT INDEX_NAME, COLUMN_NAME, SUB_PART IS NULL AND NULLABLE <> 'YES' AS usable
                        FROM information_schema.STATISTICS
                        WHERE TABLE_SCHEMA = :schema AND TABLE_NAME = :table
                        AND NON_UNIQUE = 0 AND IGNORED = 'NO' AND INDEX_TYPE = 'BTREE'
                        ORDER BY INDEX_NAME, SEQ_IN_INDEX""").with("schema", table.schema()).with("table", table.table()),
                row -> new Part(row.getString("INDEX_NAME"), row.getString("COLUMN_NAME"), row.getBoolean("usable")));
    }
}
