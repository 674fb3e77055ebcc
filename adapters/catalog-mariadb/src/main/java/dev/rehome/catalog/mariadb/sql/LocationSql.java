package dev.rehome.catalog.mariadb.sql;

import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The column of locations as pieces of SQL.
 *
 * <p>Comparisons are byte for byte: only the no-pad binary collations tell case, accents and trailing spaces apart;
 * {@code _bin} alone still pads. Columns of bytes need no collation.
 */
public record LocationSql(LocationColumn column) {
    /** The longest key that S3 takes, in bytes (Amazon S3 User Guide, "Naming objects"). */
    private static final int MAX_KEY = 1024;
    /** Above this a VARCHAR could push the mapping table over MariaDB's row limit of 65,535 bytes. */
    private static final int MAX_INLINE = 3_000;

    private static final int INDEXED_BEGINNING = 191;

    /**
     * {@code \xED[\xA0-\xBF]}: halves of a character beyond U+FFFF, each written as if it were one. MariaDB takes them for
     * UTF-8; RFC 3629 doesn't, and nothing that reads them as text keeps them.
     */
    private static final String SURROGATE = "X'ED5BA02DBF5D'";

    /** The column with an alias. */
    public String in(String alias) {
        return alias + "." + Identifiers.name(column.name());
    }

    /** The column, to be compared byte for byte. */
    public String exact(String alias) {
        return in(alias) + (column.isBinary() ? "" : " COLLATE " + collation());
    }

    /** Whether the value survives the way through Unicode and back: else it can't be read, guarded and written. */
    public String intact(String alias) {
        return intactValue(exact(alias));
    }

    /** The same of a value that {@link #exact} has given. */
    public String intactValue(String value) {
        String through = "CONVERT(" + value + " USING utf8mb4)";
        String same = column.isBinary()
                ? value + " = CAST(" + through + " AS BINARY)"
                : value + " = CONVERT(" + through + " USING " + column.charset() + ") COLLATE " + collation();
        return "(" + same + " AND CAST(" + through + " AS BINARY) NOT REGEXP " + SURROGATE + ")";
    }

    /** The value as the bytes of its UTF-8. */
    public String utf8(String alias) {
        return column.isBinary() ? in(alias) : "CAST(CONVERT(" + in(alias) + " USING utf8mb4) AS BINARY)";
    }

    /**
     * Whether the column can hold a new value as it is. MariaDB doesn't refuse all that it can't: spaces that are too many at
     * the end are cut even in strict mode, CHAR never holds any, and from one TEXT column to a shorter one 11.4 copies
     * without a look at the length (of 259 bytes a TINYTEXT keeps 3).
     */
    public String fits(String value) {
        String noLonger = measure() + "(" + value + ") <= " + column.maxCharacters();
        return column.type().startsWith("char") ? noLonger + " AND " + value + " NOT LIKE '% '" : noLonger;
    }

    private String measure() {
        return isInline() ? "CHAR_LENGTH" : "LENGTH";
    }

    /**
     * Whether the new value is longer than the column, for {@link #bindTooLong}. Lengths are counted as the column's type
     * does: VARCHAR and CHAR in characters, all others in bytes of the column's character set.
     */
    public String tooLong(String alias, TargetKeyRule keys) {
        String value = in(alias);
        String rest = keys.layout() == KeyLayout.FLATTEN
                ? "SUBSTRING_INDEX(" + value + ", '/', -1)"
                : "SUBSTR(" + value + ", " + (length(keys.legacy()) + 1) + ")";
        String target = column.isBinary() ? "?" : "CONVERT(? USING " + column.charset() + ")";
        return measure() + "(" + rest + ") + " + measure() + "(" + target + ") > " + column.maxCharacters();
    }

    /** Sets the only parameter of {@link #tooLong}. */
    public void bindTooLong(PreparedStatement statement, int index, TargetKeyRule keys) throws SQLException {
        statement.setObject(index, parameter(keys.target()));
    }

    /** In characters, or in bytes where the column holds bytes. */
    int length(String text) {
        return column.isBinary() ? text.getBytes(StandardCharsets.UTF_8).length : text.codePointCount(0, text.length());
    }

    /** What a text takes of the column's room: characters of VARCHAR and CHAR, else bytes in its character set. */
    public long taken(String text) {
        int characters = text.codePointCount(0, text.length());
        return isInline()
                ? characters
                : switch (column.charset()) {
                    case "", "utf8mb3", "utf8mb4" -> text.getBytes(StandardCharsets.UTF_8).length;
                    case "ucs2", "utf16", "utf16le" -> 2L * text.length();
                    case "utf32" -> 4L * characters;
                    // The others take at least a byte for each character: the update itself has the last word.
                    default -> characters;
                };
    }

    private String collation() {
        return column.charset() + "_nopad_bin";
    }

    /**
     * The type of the mapping table's columns: room for the longest key of S3, also where the column has less now and is
     * widened later; and for a longer value that the column may hold.
     */
    public String declaration() {
        long length = Math.max(column.maxCharacters(), MAX_KEY);
        if (column.isBinary()) {
            // VARBINARY whatever the column is: BINARY pads with zero bytes, which are no part of a key.
            return length <= MAX_INLINE ? "VARBINARY(" + length + ")" : "MEDIUMBLOB";
        }
        String type = isInline() && length <= MAX_INLINE ? "VARCHAR(" + length + ")" : "MEDIUMTEXT";
        return type + " CHARACTER SET " + column.charset() + " COLLATE " + collation();
    }

    /** A column of this type in an index: its beginning, for MariaDB's limit of 3,072 bytes. */
    public static String indexed(String name) {
        return name + "(" + INDEXED_BEGINNING + ")";
    }

    /** VARCHAR or CHAR; the others' lengths are in bytes. */
    private boolean isInline() {
        return column.type().startsWith("varchar") || column.type().startsWith("char");
    }

    /** The pattern of a LIKE, escaped with {@code |}, that takes just what starts with the prefix. */
    public static String startsWith(String prefix) {
        return prefix.replace("|", "||").replace("%", "|%").replace("_", "|_") + "%";
    }

    /** Reads a value; bytes are taken as UTF-8. */
    public String read(ResultSet row, int index) throws SQLException {
        return column.isBinary() ? new String(row.getBytes(index), StandardCharsets.UTF_8) : row.getString(index);
    }

    /** A value as a parameter. */
    public Object parameter(String value) {
        return column.isBinary() ? value.getBytes(StandardCharsets.UTF_8) : value;
    }
}
