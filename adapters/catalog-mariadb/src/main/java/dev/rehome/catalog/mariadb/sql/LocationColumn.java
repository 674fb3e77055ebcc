package dev.rehome.catalog.mariadb.sql;

import java.util.Objects;

/**
 * The column that holds the locations.
 *
 * @param name its name
 * @param type its type as the database declares it, without character set
 * @param charset its character set; empty for a column of bytes
 * @param maxCharacters the length of the longest value: in characters for VARCHAR and CHAR, else in bytes
 */
public record LocationColumn(String name, String type, String charset, long maxCharacters) {
    public LocationColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(charset, "charset");
    }

    /** Whether it holds bytes, read as UTF-8. */
    public boolean isBinary() {
        return charset.isEmpty();
    }
}
