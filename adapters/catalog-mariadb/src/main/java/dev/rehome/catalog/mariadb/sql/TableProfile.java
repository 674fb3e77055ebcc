package dev.rehome.catalog.mariadb.sql;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import java.util.List;
import java.util.Objects;

/**
 * The shape of the catalog's table.
 *
 * @param table the table
 * @param column the column that holds the locations
 * @param keyName the unique index that the scan follows; empty when the table has none that is usable, and a record is
 *     a distinct value of the column with all rows that hold it
 * @param key the index's columns, one to four, none nullable; the column of locations itself when there is no index
 * @param keptTimestamps columns that MariaDB would set to the current time at each update, but that keep their values
 */
public record TableProfile(
        TableName table, LocationColumn column, String keyName, List<KeyColumn> key, List<String> keptTimestamps) {
    public TableProfile {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(keyName, "keyName");
        key = List.copyOf(key);
        keptTimestamps = List.copyOf(keptTimestamps);
    }

    /** The table as {@code t}, read by the index that the scan follows, if there is one. */
    public SqlFragment indexed() {
        SqlFragment byName =
                sql(isKeyless() ? ":table t" : ":table t FORCE INDEX (:index)").with("table", table);
        return isKeyless() ? byName : byName.with("index", name(keyName));
    }

    /** Whether a record is a distinct value of the column instead of a row. */
    public boolean isKeyless() {
        return keyName.isEmpty();
    }
}
