package dev.rehome.catalog.mariadb;

import dev.rehome.common.Draw;
import dev.rehome.common.batch.KeyLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * From which folder to which, drawn by chance, and the rule of the keys as the specification has it: the legacy prefix is
 * replaced by the target prefix, joined by exactly one slash; flattened, only the last path component stays.
 */
record AnyMove(String legacy, String target, KeyLayout layout) {
    private static final int FILLED = 256;

    static AnyMove drawn(Draw draw, AnyColumn column) {
        KeyLayout layout = draw.chance(12) ? KeyLayout.FLATTEN : KeyLayout.PREFIX;
        while (true) {
            String legacy = prefix(draw, column);
            String target = draw.chance(50) ? prefix(draw, column) : neighbour(draw, legacy);
            AnyMove move = new AnyMove(legacy, target, layout);
            boolean usable = !legacy.isEmpty() && !starts(folder(target), folder(legacy));
            if (usable
                    && column.knows(target)
                    && folder(target).length() < 20
                    && column.stored(target).equals(target)) {
                return move;
            }
        }
    }

    private static String prefix(Draw draw, AnyColumn column) {
        String name = draw.of("image", "image", "i", "") + draw.text(column.pieces(), draw.between(0, 3));
        return (name + draw.of("", "", "/", "//", "/a/b")).replace("\u0000", "");
    }

    /** One that a collation or LIKE might take for the other. */
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

    /** Where the object of a legacy value goes. */
    String moved(String value) {
        String rest = value.substring(folder(legacy).length());
        String[] parts = rest.split("/", -1);
        return folder(target) + (layout == KeyLayout.FLATTEN ? parts[parts.length - 1] : rest);
    }

    /** A value that the column can hold: legacy, nearly so, or not at all; null too where it may be. */
    String value(Draw draw, AnyColumn column) {
        while (true) {
            String value = draw.chance(60) ? within(draw, column) : nearly(draw, column);
            if (value == null && !column.nullable()) {
                continue;
            }
            if (column.knows(value) && column.hasRoom(value)) {
                return column.stored(value);
            }
        }
    }

    private String within(Draw draw, AnyColumn column) {
        String rest = draw.of("", "", "a/", "a/b/") + draw.text(column.pieces(), draw.between(0, 5));
        String value = folder(legacy) + rest + draw.of("", "", "", ".png", " ", "  ");
        // Now and then as long as can be: the new value may be too long.
        if (draw.chance(12)) {
            String filler = draw.of("x", " ", "\u00e9", "\ud83d\ude80");
            while (column.knows(filler) && column.hasRoom(value + filler) && value.length() < FILLED) {
                value += filler;
            }
        }
        return value;
    }

    private String nearly(Draw draw, AnyColumn column) {
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
