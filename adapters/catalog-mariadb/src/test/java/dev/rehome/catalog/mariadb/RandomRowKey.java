package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.Draw;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A random row key: up to four columns as a primary key or a unique index, or columns that the scan can't use as a key.
 *
 * @param types the columns' types
 * @param names the columns' names
 * @param constraint the key's declaration; empty for a table without columns for a key
 * @param isUsable whether the scan can use it to identify rows
 */
record RandomRowKey(List<String> types, List<String> names, String constraint, boolean isUsable) {
    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private static final List<String> TYPES = List.of(
            "BIGINT UNSIGNED",
            "INT",
            "BINARY(16)",
            "CHAR(36) CHARACTER SET ascii COLLATE ascii_general_ci",
            "VARCHAR(40) COLLATE utf8mb4_general_ci",
            "VARCHAR(40) COLLATE utf8mb4_unicode_ci",
            "VARCHAR(40) COLLATE uca1400_ai_ci",
            "VARCHAR(40) COLLATE utf8mb4_nopad_bin",
            "VARCHAR(40) CHARACTER SET latin1",
            "VARBINARY(20)");

    static RandomRowKey drawn(Draw draw, List<String> names) {
        int columns = draw.of(0, 1, 1, 1, 2, 3, 4);
        List<String> types =
                IntStream.range(0, columns).mapToObj(i -> draw.of(TYPES)).toList();
        List<String> own = names.subList(0, columns);
        String list = String.join(
                ", ",
                own.stream().map(each -> SqlFragment.name(each).toString()).toList());
        String constraint = columns == 0
                ? ""
                : draw.of("PRIMARY KEY", "PRIMARY KEY", "UNIQUE KEY `the ``key`", "KEY plain") + " (" + list + ")";
        return new RandomRowKey(types, own, constraint, columns > 0 && !constraint.startsWith("KEY"));
    }

    /** The columns' declarations. */
    List<String> declarations() {
        return IntStream.range(0, types.size())
                .mapToObj(i -> SqlFragment.name(names.get(i)) + " " + types.get(i) + " NOT NULL")
                .toList();
    }

    /** The key of the row with this number. Some rows share all columns but the last. */
    List<Object> partsOf(int number, Draw draw) {
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            parts.add(
                    part(types.get(i), i == types.size() - 1 ? number : number % (i + 2), draw, i == types.size() - 1));
        }
        return parts;
    }

    private static Object part(String type, int number, Draw draw, boolean isLast) {
        if (type.startsWith("BIGINT")) {
            BigInteger n = BigInteger.valueOf(number);
            return switch (number % 3) {
                case 0 -> MAX_UNSIGNED.subtract(n);
                case 1 -> n;
                default -> BigInteger.valueOf(Long.MAX_VALUE).add(n);
            };
        }
        if (type.startsWith("INT")) {
            return switch (number % 4) {
                case 0 -> Integer.MIN_VALUE + number;
                case 1 -> number;
                case 2 -> -number;
                default -> Integer.MAX_VALUE - number;
            };
        }
        String digits = String.format("%04d", number);
        if (type.startsWith("CHAR")) {
            return digits + "abcd-0000-7000-8000-00000000" + digits;
        }
        if (type.startsWith("BINARY") || type.startsWith("VARBINARY")) {
            byte filler = isLast ? draw.of(0, 0, 0x20, 0x5c, 0xff).byteValue() : 0;
            byte[] bytes = new byte[16];
            Arrays.fill(bytes, filler);
            bytes[1] = (byte) (number >> 8);
            bytes[2] = (byte) number;
            return bytes;
        }
        if (type.contains("nopad_bin")) {
            // Keys that differ in their bytes only.
            return String.format("%04d", number / 3) + List.of("a", "A", "a ").get(number % 3);
        }
        String tail = isLast ? draw.of("", "", "a", "%", "_", "\\", "'", " b", "\u00e9", "\u00df", "/", "\t") : "";
        return digits + tail;
    }

    /** A part in the text form of row keys. */
    static String asText(Object part) {
        return part instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : part.toString();
    }
}
