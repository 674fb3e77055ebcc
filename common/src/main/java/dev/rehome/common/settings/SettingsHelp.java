package dev.rehome.common.settings;

import java.util.ArrayList;
import java.util.List;

/** Settings as lines of help: name, default, explanation. */
public final class SettingsHelp {
    private SettingsHelp() {}

    /** Two lines for each setting, the required ones marked. */
    public static String[] of(List<Setting<?>> settings) {
        List<String> lines = new ArrayList<>();
        for (Setting<?> setting : settings) {
            String fallback = setting.fallbackText();
            String note =
                    setting.fallback().isEmpty() ? " (required)" : fallback.isEmpty() ? "" : " (" + fallback + ")";
            lines.add("  " + setting.name() + note);
            // picocli interprets percent and at signs.
            lines.add("      "
                    + (setting.explanation() + " Expected: " + setting.expected() + ".")
                            .replace("%", "%%")
                            .replace("@", "@@"));
        }
        return lines.toArray(String[]::new);
    }
}
