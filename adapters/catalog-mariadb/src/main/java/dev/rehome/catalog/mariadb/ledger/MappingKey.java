package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.KeyColumn;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.RowKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The mapping table's columns {@code k1} to {@code k4}, which hold the row key.
 *
 * @param columns the columns of the catalog's key, in the same order
 */
public record MappingKey(List<KeyColumn> columns) {
    public MappingKey {
        columns = List.copyOf(columns);
    }

    /** The columns' names. */
    public SqlFragment list() {
        return each(i -> sql(column(i)), ", ");
    }

    /** The columns' names with an alias. */
    public SqlFragment list(String alias) {
        return each(i -> sql(alias + "." + column(i)), ", ");
    }

    /** The catalog's columns under the names of the mapping table's. */
    public SqlFragment selected(String catalog) {
        return each(
                i -> sql(catalog + ".:column AS " + column(i))
                        .with("column", name(columns.get(i).name())),
                ", ");
    }

    /** The columns with their types. */
    SqlFragment declarations() {
        return each(
                i -> sql(column(i) + " " + columns.get(i).declaration()
                        // Older servers make a first TIMESTAMP without a default one that changes with each update.
                        + (columns.get(i).declaration().startsWith("timestamp") ? " NOT NULL DEFAULT 0" : " NOT NULL")),
                ", ");
    }

    /** The condition that a row of the catalog and one of the mapping table have the same key. */
    public SqlFragment join(String catalog, String mapping) {
        return each(
                i -> sql(catalog + ".:column = " + mapping + "." + column(i))
                        .with("column", name(columns.get(i).name())),
                " AND ");
    }

    /** The condition that two rows of the mapping table have the same key. */
    public SqlFragment same(String one, String other) {
        return each(i -> sql(one + "." + column(i) + " = " + other + "." + column(i)), " AND ");
    }

    /** The parts of a row key as parameters, in the order of the columns. */
    List<Object> parameters(RowKey key) {
        List<Object> parameters = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            parameters.add(columns.get(i).parameter(key.parts().get(i)));
        }
        return parameters;
    }

    /** Reads the key from a result that has the columns under their own names. */
    public RowKey read(ResultSet row) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            parts.add(columns.get(i).read(row, column(i)));
        }
        return new RowKey(parts);
    }

    private static String column(int i) {
        return "k" + (i + 1);
    }

    private SqlFragment each(IntFunction<SqlFragment> piece, String separator) {
        return SqlFragment.join(separator, columns.size(), piece);
    }
}
