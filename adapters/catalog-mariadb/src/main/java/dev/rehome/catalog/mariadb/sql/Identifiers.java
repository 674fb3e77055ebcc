package dev.rehome.catalog.mariadb.sql;

/** The only place where identifiers become SQL. Values never do: they are parameters. */
public final class Identifiers {
    private Identifiers() {}

    /** A column's or index's name. MariaDB: a backtick inside is doubled. */
    public static String name(String identifier) {
        if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Not an identifier: '" + identifier + "'");
        }
        return "`" + identifier.replace("`", "``") + "`";
    }

    /** A table with its schema. */
    public static String table(TableName table) {
        return name(table.schema()) + "." + name(table.table());
    }

    /** The catalog's table under the alias {@code t}, to be read by its key and by nothing else. */
    public static String scanned(TableProfile profile) {
        String forced = profile.isKeyless() ? "" : " FORCE INDEX (" + name(profile.keyName()) + ")";
        return table(profile.table()) + " t" + forced;
    }
}
