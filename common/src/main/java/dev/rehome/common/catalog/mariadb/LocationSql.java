package dev.rehome.common.catalog.mariadb;

import dev.rehome.common.catalog.LocationColumn;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The column of locations as pieces of SQL.
 *
 * <p>Comparisons are byte for byte: only the no-pad binary collations tell case, accents and trailing spaces apart;
 * {@code _bin} alone still pads. Columns of bytes need no collation.
 */
record LocationSql(LocationColumn column) {
    /** The longest key that S3 takes, in bytes (Amazon S3 User Guide, "Naming objects"). */
    private static final int MAX_KEY = 1024;
    /** Above this a VARCHAR could push the mapping table over MariaDB's row limit of 65,535 bytes. */
    private static final int MAX_INLINE = 3_000;

    /** Characters of an index column that fit at four bytes each. */
    private static final int MAX_INDEXED = 700;

    private static final int INDEXED_BEGINNING = 191;

    /** The column with an alias. */
    String in(String alias) {
        return alias + "." + Quoted.name(column.name());
    }

    /** The column, to be compared byte for byte. */
    String exact(String alias) {
        return in(alias) + (column.isBinary() ? "" : " COLLATE " + collation());
    }

    /** Whether the value survives the way through Unicode and back: else it can't be read, guarded and written. */
    String intact(String alias) {
        return intactValue(exact(alias));
    }

    /** The same of a value that {@link #exact} has given. */
    String intactValue(String value) {
        String through = "CONVERT(" + value + " USING utf8mb4)";
        return column.isBinary()
                ? value + " = CAST(" + through + " AS BINARY)"
                : value + " = CONVERT(" + through + " USING " + column.charset() + ") COLLATE " + collation();
    }

    /** The value as the bytes of its UTF-8. */
    String utf8(String alias) {
        return column.isBinary() ? in(alias) : "CAST(CONVERT(" + in(alias) + " USING utf8mb4) AS BINARY)";
    }

    /** The length of a value in the column's measure: characters, or bytes where it holds bytes. */
    long length(String value) {
        return column.isBinary()
                ? value.getBytes(StandardCharsets.UTF_8).length
                : value.codePointCount(0, value.length());
    }

    private String collation() {
        return column.charset() + "_nopad_bin";
    }

    /** The type of the mapping table's column for the value that was read. */
    String oldDeclaration() {
        boolean large = column.type().startsWith("varchar") && column.maxCharacters() > MAX_INLINE;
        return exactType(large ? "MEDIUMTEXT" : column.isBinary() ? bytesType() : column.type());
    }

    /** The type of the mapping table's column for the new value: room for the longest key. */
    String newDeclaration() {
        if (column.isBinary()) {
            return bytesType();
        }
        boolean inline = column.type().startsWith("varchar") || column.type().startsWith("char");
        long length = Math.max(column.maxCharacters(), MAX_KEY);
        return exactType(inline && length <= MAX_INLINE ? "VARCHAR(" + length + ")" : "MEDIUMTEXT");
    }

    /** A column of this type in an index: whole where MariaDB's limit of 3,072 bytes allows it, else its beginning. */
    String indexed(String name) {
        boolean whole = column.type().startsWith("var") && column.maxCharacters() <= MAX_INDEXED;
        return whole && !column.isBinary() ? name : name + "(" + INDEXED_BEGINNING + ")";
    }

    /** VARBINARY whatever the column is: a BINARY column pads with zero bytes, which are no part of a key. */
    private String bytesType() {
        long length = Math.max(column.maxCharacters(), MAX_KEY);
        return length <= MAX_INLINE ? "VARBINARY(" + length + ")" : "MEDIUMBLOB";
    }

    private String exactType(String type) {
        return column.isBinary() ? type : type + " CHARACTER SET " + column.charset() + " COLLATE " + collation();
    }

    /** The pattern of a LIKE, escaped with {@code |}, that takes just what starts with the prefix. */
    static String startsWith(String prefix) {
        return prefix.replace("|", "||").replace("%", "|%").replace("_", "|_") + "%";
    }

    /** Reads a value; bytes are taken as UTF-8. */
    String read(ResultSet row, int index) throws SQLException {
        return column.isBinary() ? new String(row.getBytes(index), StandardCharsets.UTF_8) : row.getString(index);
    }

    /** A value as a parameter. */
    Object parameter(String value) {
        return column.isBinary() ? value.getBytes(StandardCharsets.UTF_8) : value;
    }
}
