package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog.Column;
import dev.rehome.catalog.mariadb.sql.KeyColumn;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.batch.RowKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which unique index the scan follows: the primary key, else the unique one with the fewest columns. None of its columns
 * may be nullable, inexact, a prefix, or the very column that is updated; a hash index has no order to scan in.
 */
public final class KeyChoice {
    /** An index that may be scanned. */
    record Key(String name, List<KeyColumn> columns) {}

    private record Part(String index, String column, boolean usable) {}

    private final Sql sql;

    KeyChoice(Sql sql) {
        this.sql = sql;
    }

    Optional<Key> of(TableName table, List<Column> columns, String updated) {
        Map<String, Column> byName = columns.stream().collect(Collectors.toMap(Column::name, each -> each));
        Map<String, List<Part>> indexes = new LinkedHashMap<>();
        for (Part part : parts(table)) {
            indexes.computeIfAbsent(part.index(), any -> new ArrayList<>()).add(part);
        }
        return indexes.entrySet().stream()
                .filter(index -> index.getValue().size() <= RowKey.MAX_PARTS)
                .map(index -> key(index.getKey(), index.getValue(), byName, updated))
                .flatMap(Optional::stream)
                .min(Comparator.comparing((Key key) -> !key.name().equals("PRIMARY"))
                        .thenComparing(key -> key.columns().size()));
    }

    private static Optional<Key> key(String name, List<Part> parts, Map<String, Column> columns, String updated) {
        List<KeyColumn> key = new ArrayList<>();
        for (Part part : parts) {
            Optional<KeyColumn> column = part.usable() && !part.column().equalsIgnoreCase(updated)
                    ? Optional.ofNullable(columns.get(part.column())).flatMap(Column::asKey)
                    : Optional.empty();
            if (column.isEmpty()) {
                return Optional.empty();
            }
            key.add(column.get());
        }
        return Optional.of(new Key(name, key));
    }

    private List<Part> parts(TableName table) {
        return sql.list(
                "looking at the unique indexes of " + table,
                """
                SELECT INDEX_NAME, COLUMN_NAME, SUB_PART IS NULL AND NULLABLE <> 'YES'
                FROM information_schema.STATISTICS
                WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND NON_UNIQUE = 0 AND IGNORED = 'NO'
                AND INDEX_TYPE = 'BTREE'
                ORDER BY INDEX_NAME, SEQ_IN_INDEX""",
                statement -> {
                    statement.setString(1, table.schema());
                    statement.setString(2, table.table());
                },
                row -> new Part(row.getString(1), row.getString(2), row.getBoolean(3)));
    }
}
