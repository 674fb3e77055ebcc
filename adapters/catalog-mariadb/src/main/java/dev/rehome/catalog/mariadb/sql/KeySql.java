package dev.rehome.catalog.mariadb.sql;

import dev.rehome.common.batch.RowKey;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The catalog's key as pieces of SQL.
 *
 * <p>Ranges over several columns are written out as ORs: MariaDB reads the whole index for {@code (a,b) > (?,?)}.
 */
public record KeySql(List<KeyColumn> columns) {
    /** The columns, each with a table alias. */
    public String list(String alias) {
        return String.join(", ", names(alias));
    }

    /** The same, one by one. */
    public List<String> names(String alias) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> column(alias, i))
                .toList();
    }

    /** The order of the key, upwards or downwards. */
    public String order(String alias, boolean descending) {
        return each(i -> column(alias, i) + (descending ? " DESC" : ""), ", ");
    }

    /** The names of the mapping table's key columns. */
    public String mappingList() {
        return each(KeySql::mappingColumn, ", ");
    }

    /** The mapping table's key columns, each with a table alias. */
    public String mappingList(String alias) {
        return each(i -> alias + "." + mappingColumn(i), ", ");
    }

    /** Equality of the keys of two rows of the mapping table. */
    public String sameMapping(String one, String other) {
        return each(i -> one + "." + mappingColumn(i) + " = " + other + "." + mappingColumn(i), " AND ");
    }

    /** The mapping table's key columns with their types. */
    public String mappingDeclarations() {
        return each(i -> mappingColumn(i) + " " + columns.get(i).declaration() + notNull(i), ", ");
    }

    /** Older servers make a first TIMESTAMP without a default one that changes with each update. */
    private String notNull(int i) {
        return columns.get(i).declaration().startsWith("timestamp") ? " NOT NULL DEFAULT 0" : " NOT NULL";
    }

    /** Equality of the catalog's key with the mapping's. */
    public String join(String catalog, String mapping) {
        return each(i -> column(catalog, i) + " = " + mapping + "." + mappingColumn(i), " AND ");
    }

    /** Rows behind a key: a > ? or a = ? and b > ? … */
    public String after(String alias) {
        return range(alias, ">", ">");
    }

    /** Rows up to a key, itself included. */
    public String upTo(String alias) {
        return range(alias, "<", "<=");
    }

    private String range(String alias, String strict, String last) {
        List<String> alternatives = new ArrayList<>();
        for (int end = 0; end < columns.size(); end++) {
            List<String> terms = new ArrayList<>();
            for (int i = 0; i < end; i++) {
                terms.add(column(alias, i) + " = ?");
            }
            terms.add(column(alias, end) + " " + (end == columns.size() - 1 ? last : strict) + " ?");
            alternatives.add("(" + String.join(" AND ", terms) + ")");
        }
        return "(" + String.join(" OR ", alternatives) + ")";
    }

    /** Sets the parameters of {@link #after} or {@link #upTo}; answers the next parameter's index. */
    public int bindRange(PreparedStatement statement, int from, RowKey key) throws SQLException {
        int next = from;
        for (int end = 0; end < columns.size(); end++) {
            for (int i = 0; i <= end; i++) {
                bindPart(statement, next++, i, key);
            }
        }
        return next;
    }

    /** Sets one parameter for each column; answers the next parameter's index. */
    public int bind(PreparedStatement statement, int from, RowKey key) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            bindPart(statement, from + i, i, key);
        }
        return from + columns.size();
    }

    private void bindPart(PreparedStatement statement, int index, int column, RowKey key) throws SQLException {
        String part = key.parts().get(column);
        switch (columns.get(column).kind()) {
            case NUMBER -> statement.setBigDecimal(index, new BigDecimal(part));
            case TEXT -> statement.setString(index, part);
            case BYTES -> statement.setBytes(index, HexFormat.of().parseHex(part));
        }
    }

    /** Reads a key from consecutive columns of a result. */
    public RowKey read(ResultSet row, int from) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            parts.add(
                    columns.get(i).kind() == KeyColumn.Kind.BYTES
                            ? HexFormat.of().formatHex(row.getBytes(from + i))
                            : row.getString(from + i));
        }
        return new RowKey(parts);
    }

    private String column(String alias, int i) {
        return alias + "." + Identifiers.name(columns.get(i).name());
    }

    private static String mappingColumn(int i) {
        return "k" + (i + 1);
    }

    private String each(IntFunction<String> piece, String between) {
        return IntStream.range(0, columns.size()).mapToObj(piece).collect(Collectors.joining(between));
    }
}
