package dev.rehome.common.settings;

import java.util.ArrayList;
import java.util.List;

/** Settings as text for a terminal. */
public final class SettingsHelp {
    private static final String INDENT = "      ";

    private SettingsHelp() {}

    /** A line with name and default for each setting, and its explanation in indented lines of at most this width. */
    public static List<String> of(List<Setting<?>> settings, int columns) {
        List<String> lines = new ArrayList<>();
        for (Setting<?> setting : settings) {
            String fallback = setting.fallbackText();
            String note =
                    setting.fallback().isEmpty() ? " (required)" : fallback.isEmpty() ? "" : " (" + fallback + ")";
            lines.add("  " + setting.name() + note);
            lines.addAll(wrapped(setting.explanation() + expected(setting), columns));
        }
        return lines;
    }

    private static String expected(Setting<?> setting) {
        return setting.expected().equals(Setting.ANY_TEXT) ? "" : " Expected: " + setting.expected() + ".";
    }

    /** Breaks only between words, so that addresses stay whole. */
    private static List<String> wrapped(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : text.split(" ", -1)) {
            if (line.length() > INDENT.length() && line.length() + word.length() > columns) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
