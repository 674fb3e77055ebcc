package dev.rehome.catalog.mariadb.sql;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The columns in {@code information_schema}, which shows only tables on which we have a right. */
public record ColumnCatalog(JdbcRunner jdbc) {
    private static final Set<String> NUMBERS =
            Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year", "bit");
    private static final Set<String> BYTES =
            Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");
    /** Floats aren't exact; enums, sets and bits are ordered by number but compared with a text as text. */
    private static final Set<String> NO_KEY = Set.of("float", "double", "enum", "set", "bit");

    /**
     * One column.
     *
     * @param name its name
     * @param columnType the declared type, such as {@code varchar(64)}
     * @param charset null where it has none
     * @param collation null where it has none
     * @param maxCharacters 0 unless it holds text
     * @param extra such as {@code on update current_timestamp()}
     * @param generated whether it is computed from others
     */
    public record Column(
            String name,
            String columnType,
            String charset,
            String collation,
            long maxCharacters,
            String extra,
            boolean generated) {
        /** The bare type, such as {@code varchar}. */
        public String dataType() {
            return columnType.toLowerCase(Locale.ROOT).split("[( ]", 2)[0];
        }

        public boolean isUpdatedTimestamp() {
            return extra.toLowerCase(Locale.ROOT).contains("on update");
        }

        public boolean isText() {
            return charset != null && !dataType().equals("enum") && !dataType().equals("set");
        }

        public boolean isBytes() {
            return BYTES.contains(dataType());
        }

        /** The column as one of locations. */
        public LocationColumn asLocation() {
            return new LocationColumn(name, columnType, Objects.requireNonNullElse(charset, ""), maxCharacters);
        }

        /** The column as part of a key; empty when its values can't be compared exactly. */
        public Optional<KeyColumn> asKey() {
            if (NO_KEY.contains(dataType())) {
                return Optional.empty();
            }
            String declaration =
                    charset == null ? columnType : columnType + " CHARACTER SET " + charset + " COLLATE " + collation;
            KeyColumn.Kind kind = NUMBERS.contains(dataType())
                    ? KeyColumn.Kind.NUMBER
                    : isBytes() ? KeyColumn.Kind.BYTES : KeyColumn.Kind.TEXT;
            return Optional.of(new KeyColumn(name, declaration, kind));
        }
    }

    /** The columns of a table in their order; none when it doesn't exist or we have no right on it. */
    public List<Column> of(TableName table) {
        return jdbc.list(
                "reading the columns of " + table,
                sql("""
                        SELECT COLUMN_NAME, COLUMN_TYPE, CHARACTER_SET_NAME, COLLATION_NAME,
                               COALESCE(CHARACTER_MAXIMUM_LENGTH, 0) AS max_characters, EXTRA,
                               COALESCE(IS_GENERATED, 'NEVER') <> 'NEVER' AS generated
                        FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = :schema AND TABLE_NAME = :table
                        ORDER BY ORDINAL_POSITION""").with("schema", table.schema()).with("table", table.table()),
                row -> new Column(
                        row.getString("COLUMN_NAME"),
                        row.getString("COLUMN_TYPE"),
                        row.getString("CHARACTER_SET_NAME"),
                        row.getString("COLLATION_NAME"),
                        row.getLong("max_characters"),
                        row.getString("EXTRA"),
                        row.getBoolean("generated")));
    }

    /** The key columns {@code k1 … kn} of a mapping table; none when it doesn't exist. */
    public List<KeyColumn> mappingKey(TableName mapping) {
        return of(mapping).stream()
                .filter(column -> column.name().matches("k[1-4]"))
                .map(Column::asKey)
                .flatMap(Optional::stream)
                .toList();
    }
}
