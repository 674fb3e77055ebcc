package dev.rehome.embedded;

/** Literals of MariaDB's SQL, in the default SQL mode. */
final class MariaDbText {
    private MariaDbText() {}

    static String string(String value) {
        if (value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("an init file has one statement a line: no line breaks in values");
        }
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    static String identifier(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
