package dev.rehome.catalog.mariadb.sql;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * One column of the row key.
 *
 * @param name its name
 * @param declaration its type as the database declares it, with character set and collation
 * @param kind the text form of its values
 */
public record KeyColumn(String name, String declaration, Kind kind) {
    public KeyColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(declaration, "declaration");
        Objects.requireNonNull(kind, "kind");
    }

    /** The text form of a key's values. */
    public enum Kind {
        /** Decimal digits. */
        NUMBER,
        /** The text itself. */
        TEXT,
        /** Lower-case hex. */
        BYTES
    }

    /** A value as a parameter of a statement. */
    public Object parameter(String value) {
        return switch (kind) {
            case NUMBER -> new BigDecimal(value);
            case TEXT -> value;
            case BYTES -> HexFormat.of().parseHex(value);
        };
    }

    /** Reads a value as text. */
    public String read(ResultSet row, String label) throws SQLException {
        return kind == Kind.BYTES ? HexFormat.of().formatHex(row.getBytes(label)) : row.getString(label);
    }
}
