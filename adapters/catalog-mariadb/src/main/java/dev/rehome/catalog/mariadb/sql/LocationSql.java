package dev.rehome.catalog.mariadb.sql;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * SQL expressions on the column of locations.
 *
 * <p>Comparisons are byte for byte: only the no-pad binary collations distinguish case, accents and trailing spaces;
 * {@code _bin} alone ignores trailing spaces. Columns of bytes need no collation.
 */
public record LocationSql(LocationColumn column) {
    /** The longest key of S3, in bytes (Amazon S3 User Guide, "Naming objects"). */
    public static final int MAX_OBJECT_KEY = 1024;
    /** Above this a VARCHAR could push the mapping table over MariaDB's row limit of 65,535 bytes. */
    private static final int MAX_INLINE = 3_000;
    /** How much of a location an index takes, in characters: with 4 bytes each it fits MariaDB's 3,072 bytes. */
    private static final int INDEXED_CHARACTERS = 191;

    /**
     * {@code \xED[\xA0-\xBF]}: a surrogate, half of a character beyond U+FFFF, encoded by itself. MariaDB takes it for
     * UTF-8; RFC 3629 doesn't, and Java can't decode it.
     */
    private static final String SURROGATE = "X'ED5BA02DBF5D'";

    /** The column. */
    public SqlFragment in(String alias) {
        return sql(alias + ".:column").with("column", name(column.name()));
    }

    /** The column for comparisons byte for byte. */
    public SqlFragment exact(String alias) {
        return sql(column.isBinary() ? ":column" : ":column COLLATE " + collation())
                .with("column", in(alias));
    }

    /**
     * Whether a value is the same after a conversion to Unicode and back; any other can't be read, guarded and written.
     *
     * @param value as {@link #exact} gives it
     */
    public SqlFragment intact(SqlFragment value) {
        String back = column.isBinary()
                ? "CAST(:unicode AS BINARY)"
                : "CONVERT(:unicode USING " + column.charset() + ") COLLATE " + collation();
        return sql("(:value = " + back + " AND CAST(:unicode AS BINARY) NOT REGEXP " + SURROGATE + ")")
                .with("value", value)
                .with("unicode", sql("CONVERT(:value USING utf8mb4)").with("value", value));
    }

    /** The value as the bytes of its UTF-8. */
    public SqlFragment utf8(String alias) {
        return sql(column.isBinary() ? ":column" : "CAST(CONVERT(:column USING utf8mb4) AS BINARY)")
                .with("column", in(alias));
    }

    /** A value of the column's character set, from an expression of bytes of UTF-8. */
    public SqlFragment fromUtf8(String bytes) {
        return sql(
                column.isBinary()
                        ? bytes
                        : "CONVERT(CONVERT(" + bytes + " USING utf8mb4) USING " + column.charset() + ") COLLATE "
                                + collation());
    }

    /**
     * Whether the column can hold a value as it is. MariaDB doesn't reject every value that it can't hold: trailing spaces
     * beyond the length are cut even in strict mode, CHAR never keeps any, and from one TEXT column to a shorter one 11.4
     * copies without a check of the length (of 259 bytes a TINYTEXT keeps 3).
     */
    public SqlFragment fits(SqlFragment value) {
        // Lengths are counted as the type does: in characters, or in bytes of the column's character set.
        String noLonger = (isInline() ? "CHAR_LENGTH" : "LENGTH") + "(:value) <= " + column.maxCharacters();
        return sql(column.type().startsWith("char") ? noLonger + " AND :value NOT LIKE '% '" : noLonger)
                .with("value", value);
    }

    /**
     * The new location of a legacy location, as {@link TargetKeyRule#targetOf} derives it.
     *
     * @param value as {@link #exact} gives it
     */
    public SqlFragment target(SqlFragment value, TargetKeyRule keys) {
        SqlFragment rest = keys.layout() == KeyLayout.FLATTEN
                ? sql("SUBSTRING_INDEX(:value, '/', -1)")
                : sql("SUBSTR(:value, :from)").with("from", length(keys.legacy()) + 1);
        String target = column.isBinary()
                ? "CONCAT(:target, :rest)"
                : "CONCAT(CONVERT(:target USING " + column.charset() + "), :rest) COLLATE " + collation();
        return sql(target).with("target", parameter(keys.target())).with("rest", rest.with("value", value));
    }

    /** The hash of a location in an index; locations that differ in a byte have different ones. */
    public static SqlFragment hash(SqlFragment value) {
        return sql("LEFT(UNHEX(SHA2(:value, 256)), 16)").with("value", value);
    }

    private int length(String text) {
        return column.isBinary() ? text.getBytes(StandardCharsets.UTF_8).length : text.codePointCount(0, text.length());
    }

    /** The room that a text takes in the column: characters of VARCHAR and CHAR, else bytes in its character set. */
    public long roomFor(String text) {
        int characters = text.codePointCount(0, text.length());
        return isInline()
                ? characters
                : switch (column.charset()) {
                    case "", "utf8mb3", "utf8mb4" -> text.getBytes(StandardCharsets.UTF_8).length;
                    case "ucs2", "utf16", "utf16le" -> 2L * text.length();
                    case "utf32" -> 4L * characters;
                    // The others take at least a byte per character; the update itself checks exactly.
                    default -> characters;
                };
    }

    private String collation() {
        return column.charset() + "_nopad_bin";
    }

    /**
     * The type of the mapping table's columns. It has room for the longest key of S3, in case the column is widened later,
     * and for any longer value that the column may hold.
     */
    public SqlFragment declaration() {
        long length = Math.max(column.maxCharacters(), MAX_OBJECT_KEY);
        if (column.isBinary()) {
            // VARBINARY for BINARY, too, which pads with zero bytes that don't belong to the key.
            return sql(length <= MAX_INLINE ? "VARBINARY(" + length + ")" : "MEDIUMBLOB");
        }
        String type = isInline() && length <= MAX_INLINE ? "VARCHAR(" + length + ")" : "MEDIUMTEXT";
        return sql(type + " CHARACTER SET " + column.charset() + " COLLATE " + collation());
    }

    /** A column of {@link #declaration} in an index. */
    public static SqlFragment indexed(String name) {
        return sql(name + "(" + INDEXED_CHARACTERS + ")");
    }

    /** VARCHAR or CHAR, whose length is in characters. */
    private boolean isInline() {
        return column.type().startsWith("varchar") || column.type().startsWith("char");
    }

    /** Reads a value; bytes are read as UTF-8. */
    public String read(ResultSet row, String label) throws SQLException {
        return column.isBinary() ? new String(row.getBytes(label), StandardCharsets.UTF_8) : row.getString(label);
    }

    /** A value as a parameter. */
    public Object parameter(String value) {
        return column.isBinary() ? value.getBytes(StandardCharsets.UTF_8) : value;
    }
}
