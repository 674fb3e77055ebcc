package dev.rehome.catalog.mariadb.sql;

import java.util.List;
import java.util.Objects;

/**
 * What the work needs to know of the catalog's table.
 *
 * @param table the table
 * @param column the column that holds the locations
 * @param keyName the name of the unique index that is scanned; empty where the table has none: a record is then a
 *     distinct value of the column, with all rows that hold it
 * @param key its columns, one to four, none nullable; the column of locations itself where there is no index
 * @param keptTimestamps columns that the database would set to now at each update and that keep their value
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

    /** Whether a record is a distinct value of the column instead of a row. */
    public boolean isKeyless() {
        return keyName.isEmpty();
    }
}
