package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.Draw;
import java.util.ArrayList;
import java.util.List;

/**
 * A random table. The test identifies its rows by the column {@code row_no}, which is not a key. Its timestamp is updated by
 * MariaDB at each update and must be kept.
 *
 * @param location the name of the column of locations
 * @param indexed the index on that column; empty for none
 */
record RandomTable(String name, String location, RandomColumn column, RandomRowKey key, String indexed) {
    /** Every row's timestamp, always. */
    static final String UNTOUCHED = "2001-01-01 00:00:00";

    private static final List<String> NAMES = List.of(
            "plain",
            "order",
            "two words",
            "back`tick",
            "q'uote",
            "dq\"",
            "b\u00fccher",
            "a.b",
            "?",
            "100%",
            "{fn now()}",
            "-- x",
            "/* y",
            ";",
            "#",
            "\u65e5\u672c",
            "k1",
            "m",
            "t",
            "d",
            "v",
            "batch_id",
            "old_location",
            "\\",
            "$1",
            ":x",
            "@v");

    static RandomTable drawn(Draw draw) {
        List<String> names = draw.shuffled(NAMES);
        RandomColumn column = RandomColumn.drawn(draw);
        RandomRowKey key = RandomRowKey.drawn(draw, names.subList(2, 6));
        return new RandomTable(names.get(0), names.get(1), column, key, draw.of("", "", "KEY by_location", "KEY `m`"));
    }

    String definition() {
        List<String> lines = new ArrayList<>(key.declarations());
        lines.add("row_no INT NOT NULL");
        lines.add(SqlFragment.name(location) + " " + column.declaration());
        lines.add("changed TIMESTAMP NOT NULL DEFAULT '" + UNTOUCHED + "' ON UPDATE NOW()");
        if (!key.constraint().isEmpty()) {
            lines.add(key.constraint());
        }
        if (!indexed.isEmpty()) {
            lines.add(indexed + " (" + SqlFragment.name(location) + "(20))");
        }
        return "CREATE TABLE " + SqlFragment.name(name) + " (" + String.join(", ", lines) + ")";
    }

    /** The application's insert of a row: key, number, location. */
    String insert() {
        List<String> columns = new ArrayList<>(key.names());
        columns.add("row_no");
        columns.add(location);
        return "INSERT INTO " + SqlFragment.name(name) + " ("
                + String.join(
                        ", ",
                        columns.stream()
                                .map(each -> SqlFragment.name(each).toString())
                                .toList()) + ") VALUES (?"
                + ", ?".repeat(columns.size() - 1) + ")";
    }

    /** The application's update of a row: location, number. */
    String update() {
        return "UPDATE " + SqlFragment.name(name) + " SET changed = changed, " + SqlFragment.name(location)
                + " = ? WHERE row_no = ?";
    }

    String delete() {
        return "DELETE FROM " + SqlFragment.name(name) + " WHERE row_no = ?";
    }

    /** All rows: number, location in UTF-8 as hex, timestamp. */
    String rows() {
        String value = SqlFragment.name(location).toString();
        String bytes = column.isBinary() ? value : "CONVERT(" + value + " USING utf8mb4)";
        return "SELECT row_no, HEX(" + bytes + "), changed FROM " + SqlFragment.name(name) + " ORDER BY row_no";
    }
}
