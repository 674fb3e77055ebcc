package dev.rehome.catalog.mariadb;

import dev.rehome.common.Draw;
import dev.rehome.common.batch.KeyLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Random prefixes, and the specification's rule of target keys: the legacy prefix is replaced by the target prefix, joined
 * by exactly one slash; flattened, only the last path segment is kept.
 */
record RandomPrefixes(String legacy, String target, KeyLayout layout) {
    private static final int FILLED = 256;

    static RandomPrefixes drawn(Draw draw, RandomColumn column) {
        KeyLayout layout = draw.chance(12) ? KeyLayout.FLATTEN : KeyLayout.PREFIX;
        while (true) {
            String legacy = prefix(draw, column);
            String target = draw.chance(50) ? prefix(draw, column) : neighbour(draw, legacy);
            RandomPrefixes prefixes = new RandomPrefixes(legacy, target, layout);
            boolean usable = !legacy.isEmpty() && !starts(folder(target), folder(legacy));
            if (usable
                    && column.canEncode(target)
                    && folder(target).length() < 20
                    && column.stored(target).equals(target)) {
                return prefixes;
            }
        }
    }

    private static String prefix(Draw draw, RandomColumn column) {
        String name = draw.of("image", "image", "i", "") + draw.text(column.pieces(), draw.between(0, 3));
        return (name + draw.of("", "", "/", "//", "/a/b")).replace("\u0000", "");
    }

    /** A prefix that a collation or LIKE might confuse with this one. */
    private static String neighbour(Draw draw, String prefix) {
        return switch (draw.between(1, 6)) {
            case 1 -> "";
            case 2 -> prefix.toUpperCase(Locale.ROOT);
            case 3 -> prefix.replaceAll("/+$", "") + "s";
            case 4 -> prefix.replaceAll("/+$", "") + " ";
            case 5 -> prefix.replaceFirst("[^/]*/*$", "");
            default -> " " + prefix;
        };
    }

    private static String folder(String prefix) {
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    private static boolean starts(String text, String beginning) {
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        byte[] part = beginning.getBytes(StandardCharsets.UTF_8);
        return whole.length >= part.length && Arrays.equals(Arrays.copyOf(whole, part.length), part);
    }

    boolean isLegacy(String value) {
        return value != null && starts(value, folder(legacy));
    }

    /** The target key of a legacy location. */
    String targetOf(String value) {
        String rest = value.substring(folder(legacy).length());
        String[] parts = rest.split("/", -1);
        return folder(target) + (layout == KeyLayout.FLATTEN ? parts[parts.length - 1] : rest);
    }

    /** A random value that the column can hold: legacy, nearly legacy, or not at all; also null where it is nullable. */
    String value(Draw draw, RandomColumn column) {
        while (true) {
            String value = draw.chance(60) ? within(draw, column) : nearly(draw, column);
            if (value == null && !column.nullable()) {
                continue;
            }
            if (column.canEncode(value) && column.hasRoom(value)) {
                return column.stored(value);
            }
        }
    }

    private String within(Draw draw, RandomColumn column) {
        String rest = draw.of("", "", "a/", "a/b/") + draw.text(column.pieces(), draw.between(0, 5));
        String value = folder(legacy) + rest + draw.of("", "", "", ".png", " ", "  ");
        // Sometimes as long as possible, so that the new value may be too long.
        if (draw.chance(12)) {
            String filler = draw.of("x", " ", "\u00e9", "\ud83d\ude80");
            while (column.canEncode(filler) && column.hasRoom(value + filler) && value.length() < FILLED) {
                value += filler;
            }
        }
        return value;
    }

    private String nearly(Draw draw, RandomColumn column) {
        String folder = folder(legacy);
        String name = folder.substring(0, folder.length() - 1);
        String end = draw.text(column.pieces(), draw.between(0, 3));
        List<String> some = Arrays.asList(
                null,
                "",
                name,
                name + "s/" + end,
                name + " /" + end,
                " " + folder + end,
                "/" + folder + end,
                folder.toUpperCase(Locale.ROOT) + end,
                folder.toLowerCase(Locale.ROOT) + end,
                folder.replaceAll("[_%]", "X") + end,
                folder.replace("\\", "") + end,
                folder.replace("\\", "\\\\") + end,
                folder.replace("|", "||") + end,
                folder.replace("\u00e9", "e").replace("\u00e4", "a").replace("\u00df", "ss") + end,
                folder.replace("e", "\u00e9").replace("a", "\u00e4") + end,
                folder.replace("e\u0301", "\u00e9") + end,
                folder.replace("i", "\u0131") + end,
                folder(target) + end,
                "else/" + folder + end);
        return draw.of(some);
    }

    @Override
    public String toString() {
        return "from '" + legacy + "' to '" + target + "', " + layout;
    }
}
