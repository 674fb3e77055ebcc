package dev.rehome.catalog.mariadb.sql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What {@code information_schema} says of columns. It shows only tables on which we have a right. */
public final class ColumnCatalog {
    private static final Set<String> NUMBERS =
            Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year", "bit");
    private static final Set<String> BYTES =
            Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");
    /** Floats are not exact; enums, sets and bits are ordered by number but compared with a text as text. */
    private static final Set<String> NO_KEY = Set.of("float", "double", "enum", "set", "bit");

    /**
     * One column.
     *
     * @param name its name
     * @param dataType the bare type, such as {@code varchar}
     * @param columnType the declared type, such as {@code varchar(64)}
     * @param charset null where it has none
     * @param collation null where it has none
     * @param maxCharacters 0 where it is no text
     * @param extra such as {@code on update current_timestamp()}
     * @param generated whether it is computed from others
     */
    public record Column(
            String name,
            String dataType,
            String columnType,
            String charset,
            String collation,
            long maxCharacters,
            String extra,
            boolean generated) {

        public boolean isUpdatedTimestamp() {
            return extra.toLowerCase(Locale.ROOT).contains("on update");
        }

        public boolean isText() {
            return charset != null && !dataType.equals("enum") && !dataType.equals("set");
        }

        public boolean isBytes() {
            return BYTES.contains(dataType);
        }

        /** The column as part of a key; empty when its values can't be compared exactly. */
        public Optional<KeyColumn> asKey() {
            if (NO_KEY.contains(dataType)) {
                return Optional.empty();
            }
            String declaration =
                    charset == null ? columnType : columnType + " CHARACTER SET " + charset + " COLLATE " + collation;
            KeyColumn.Kind kind = NUMBERS.contains(dataType)
                    ? KeyColumn.Kind.NUMBER
                    : isBytes() ? KeyColumn.Kind.BYTES : KeyColumn.Kind.TEXT;
            return Optional.of(new KeyColumn(name, declaration, kind));
        }
    }

    private final Sql sql;

    public ColumnCatalog(Sql sql) {
        this.sql = sql;
    }

    /** The columns of a table in their order; none when it doesn't exist or is hidden from us. */
    public List<Column> of(TableName table) {
        return sql.list(
                "looking at the columns of " + table,
                """
                SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, CHARACTER_SET_NAME, COLLATION_NAME,
                       COALESCE(CHARACTER_MAXIMUM_LENGTH, 0), EXTRA, COALESCE(IS_GENERATED, 'NEVER') <> 'NEVER'
                FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?
                ORDER BY ORDINAL_POSITION""",
                statement -> {
                    statement.setString(1, table.schema());
                    statement.setString(2, table.table());
                },
                row -> new Column(
                        row.getString(1),
                        row.getString(2).toLowerCase(Locale.ROOT),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getString(7),
                        row.getBoolean(8)));
    }

    /** The key columns {@code k1 … kn} of a mapping table; none when it doesn't exist. */
    public List<KeyColumn> mappingKey(TableName mapping) {
        return of(mapping).stream()
                .filter(column -> column.name().matches("k[1-4]"))
                .map(Column::asKey)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether a column holds bytes. */
    public boolean isBinary(TableName table, String column) {
        return of(table).stream().anyMatch(each -> each.name().equals(column) && each.isBytes());
    }
}
