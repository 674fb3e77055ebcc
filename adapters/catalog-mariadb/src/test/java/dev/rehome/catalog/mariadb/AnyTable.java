package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.common.Draw;
import java.util.ArrayList;
import java.util.List;

/**
 * A table drawn by chance. Its column {@code row_no} is no key: by it the test alone tells rows apart. Its timestamp moves
 * with each update and must not.
 *
 * @param indexed how the column of locations is indexed; empty when it isn't
 */
record AnyTable(String name, String location, AnyColumn column, AnyKey key, String indexed) {
    /** What stands in every row's timestamp, always. */
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

    static AnyTable drawn(Draw draw) {
        List<String> names = draw.shuffled(NAMES);
        AnyColumn column = AnyColumn.drawn(draw);
        AnyKey key = AnyKey.drawn(draw, names.subList(2, 6));
        return new AnyTable(names.get(0), names.get(1), column, key, draw.of("", "", "KEY by_location", "KEY `m`"));
    }

    String definition() {
        List<String> lines = new ArrayList<>(key.declarations());
        lines.add("row_no INT NOT NULL");
        lines.add(Identifiers.name(location) + " " + column.declaration());
        lines.add("changed TIMESTAMP NOT NULL DEFAULT '" + UNTOUCHED + "' ON UPDATE NOW()");
        if (!key.constraint().isEmpty()) {
            lines.add(key.constraint());
        }
        if (!indexed.isEmpty()) {
            lines.add(indexed + " (" + Identifiers.name(location) + "(20))");
        }
        return "CREATE TABLE " + Identifiers.name(name) + " (" + String.join(", ", lines) + ")";
    }

    /** The application's insert of a row: key, number, location. */
    String insert() {
        List<String> columns = new ArrayList<>(key.names());
        columns.add("row_no");
        columns.add(location);
        return "INSERT INTO " + Identifiers.name(name) + " ("
                + String.join(", ", columns.stream().map(Identifiers::name).toList()) + ") VALUES (?"
                + ", ?".repeat(columns.size() - 1) + ")";
    }

    /** The application's update of a row: location, number. */
    String update() {
        return "UPDATE " + Identifiers.name(name) + " SET changed = changed, " + Identifiers.name(location)
                + " = ? WHERE row_no = ?";
    }

    String delete() {
        return "DELETE FROM " + Identifiers.name(name) + " WHERE row_no = ?";
    }

    /** All rows: number, location in UTF-8 as hex, timestamp. */
    String rows() {
        String value = Identifiers.name(location);
        String bytes = column.isBinary() ? value : "CONVERT(" + value + " USING utf8mb4)";
        return "SELECT row_no, HEX(" + bytes + "), changed FROM " + Identifiers.name(name) + " ORDER BY row_no";
    }
}
