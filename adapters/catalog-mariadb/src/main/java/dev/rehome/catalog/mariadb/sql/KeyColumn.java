package dev.rehome.catalog.mariadb.sql;

import java.util.Objects;

/**
 * One column of the catalog's key.
 *
 * @param name its name
 * @param declaration its type as the database declares it, with character set and collation
 * @param kind how its values travel as text
 */
public record KeyColumn(String name, String declaration, Kind kind) {
    public KeyColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(declaration, "declaration");
        Objects.requireNonNull(kind, "kind");
    }

    /** How a key's values travel. */
    public enum Kind {
        /** As decimal digits. */
        NUMBER,
        /** As they are. */
        TEXT,
        /** As lower-case hex. */
        BYTES
    }
}
