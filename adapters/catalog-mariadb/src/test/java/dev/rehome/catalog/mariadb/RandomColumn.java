package dev.rehome.catalog.mariadb;

import dev.rehome.common.Draw;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A random column of locations, and what it can hold according to MariaDB's manual.
 *
 * @param declaration its type, character set, collation and whether it is nullable
 * @param charset its character set; {@code binary} for bytes
 * @param characters the most characters; beyond reach where the type limits bytes
 * @param bytes the most bytes in its character set; beyond reach where the type limits characters
 * @param trims whether it loses trailing spaces, as CHAR does
 * @param nullable whether it may be NULL
 */
record RandomColumn(String declaration, String charset, int characters, int bytes, boolean trims, boolean nullable) {
    private static final int BEYOND = 60_000;

    private static final List<String> ASCII = List.of(
            "a", "A", "b", "x", "0", "7", " ", "_", "%", "\\", "|", "'", "\"", "`", "?", ":", "+", "#", "&", "=", ".",
            "-", "%2F", "//", "/", "/", "\t", "\u0001", "\u0000", "{", "}");
    private static final List<String> WESTERN = List.of("\u00e9", "\u00c9", "\u00e4", "\u00df", "\u00ff", "\u20ac");
    private static final List<String> WIDE =
            List.of("e\u0301", "\u017f", "\u212a", "\u0130", "\u4e2d", "\u200d", "\ufeff", "\u00ad", "\ufb01");
    private static final List<String> ASTRAL = List.of("\ud83d\ude80", "\ud83d\udc69\u200d\ud83d\udcbb");

    static RandomColumn drawn(Draw draw) {
        boolean nullable = draw.chance(70);
        String end = nullable ? " NULL" : " NOT NULL";
        int length = draw.of(40, 60, 200);
        if (draw.chance(12)) {
            return draw.chance(70)
                    ? new RandomColumn("VARBINARY(" + length + ")" + end, "binary", BEYOND, length, false, nullable)
                    : new RandomColumn("BLOB" + end, "binary", BEYOND, BEYOND, false, nullable);
        }
        String collation = draw.of(COLLATIONS);
        String charset = collation.startsWith("uca") ? "utf8mb4" : collation.substring(0, collation.indexOf('_'));
        String text = " CHARACTER SET " + charset + " COLLATE " + collation + end;
        return switch (draw.between(1, 6)) {
            case 1 -> new RandomColumn("TEXT" + text, charset, BEYOND, BEYOND, false, nullable);
            case 2 -> new RandomColumn("TINYTEXT" + text, charset, BEYOND, 255, false, nullable);
            case 3 -> new RandomColumn("CHAR(" + length + ")" + text, charset, length, BEYOND, true, nullable);
            default -> new RandomColumn("VARCHAR(" + length + ")" + text, charset, length, BEYOND, false, nullable);
        };
    }

    private static final List<String> COLLATIONS = List.of(
            "utf8mb4_general_ci",
            "utf8mb4_unicode_ci",
            "utf8mb4_unicode_520_ci",
            "utf8mb4_unicode_nopad_ci",
            "utf8mb4_general_nopad_ci",
            "utf8mb4_bin",
            "utf8mb4_nopad_bin",
            "utf8mb4_danish_ci",
            "utf8mb4_turkish_ci",
            "uca1400_ai_ci",
            "uca1400_nopad_as_cs",
            "utf8mb3_general_ci",
            "utf16_general_ci",
            "latin1_swedish_ci",
            "latin1_german2_ci",
            "latin1_general_cs",
            "latin1_swedish_nopad_ci",
            "latin1_bin",
            "latin1_nopad_bin",
            "ascii_general_ci",
            "ascii_general_nopad_ci",
            "ascii_bin");

    /** The characters and sequences that its values consist of. */
    List<String> pieces() {
        List<String> pieces = new ArrayList<>(ASCII);
        if (!charset.equals("ascii")) {
            pieces.addAll(WESTERN);
        }
        if (!charset.equals("ascii") && !charset.equals("latin1")) {
            pieces.addAll(WIDE);
            if (!charset.equals("utf8mb3")) {
                pieces.addAll(ASTRAL);
            }
        }
        return pieces;
    }

    /** Whether the character set has all characters of a value; null has none. */
    boolean canEncode(String value) {
        return value == null
                || switch (charset) {
                    case "ascii" -> StandardCharsets.US_ASCII.newEncoder().canEncode(value);
                    case "latin1" ->
                        Charset.forName("windows-1252").newEncoder().canEncode(value);
                    case "utf8mb3" -> value.codePoints().allMatch(Character::isBmpCodePoint);
                    default -> true;
                };
    }

    /** Whether it has room for a value. */
    boolean hasRoom(String value) {
        Charset encoding = switch (charset) {
            case "latin1" -> Charset.forName("windows-1252");
            case "utf16" -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
        return value == null
                || (value.codePointCount(0, value.length()) <= characters && value.getBytes(encoding).length <= bytes);
    }

    /** The value that the column holds after this one was written. */
    String stored(String value) {
        return value == null || !trims ? value : value.replaceAll(" +$", "");
    }

    boolean isBinary() {
        return charset.equals("binary");
    }
}
