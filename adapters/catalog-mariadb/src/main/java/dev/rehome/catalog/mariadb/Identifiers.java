package dev.rehome.catalog.mariadb;

import dev.rehome.common.catalog.TableName;
import dev.rehome.common.catalog.TableProfile;

/** The only place where identifiers become SQL. Values never do: they are parameters. */
final class Identifiers {
    private Identifiers() {}

    /** A column's or index's name. MariaDB: a backtick inside is doubled. */
    static String name(String identifier) {
        if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Not an identifier: '" + identifier + "'");
        }
        return "`" + identifier.replace("`", "``") + "`";
    }

    /** A table with its schema. */
    static String table(TableName table) {
        return name(table.schema()) + "." + name(table.table());
    }

    /** The catalog's table under the alias {@code t}, to be read by its key and by nothing else. */
    static String scanned(TableProfile profile) {
        String forced = profile.isKeyless() ? "" : " FORCE INDEX (" + name(profile.keyName()) + ")";
        return table(profile.table()) + " t" + forced;
    }
}
