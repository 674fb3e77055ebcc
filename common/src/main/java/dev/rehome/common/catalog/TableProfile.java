package dev.rehome.common.catalog;

import java.util.List;
import java.util.Objects;

/**
 * What the work needs to know of the catalog's table.
 *
 * @param table the table
 * @param column the column that holds the locations
 * @param keyName the name of the unique index that is scanned
 * @param key its columns, one to four, none nullable
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
}
