package dev.rehome.common.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Typed reads of environment variables that collect every problem instead of stopping at the first.
 *
 * <p>A variable that is set to the empty text counts as not set: compose files and task definitions pass an unused one like
 * that. Not safe for use by several threads.
 */
public final class Environment {
    private static final Logger LOG = LoggerFactory.getLogger(Environment.class);
    /** Shorter names differ by chance more often, so they must be closer. */
    private static final int LONG_NAME = 9;

    private final Map<String, String> values;
    private final List<String> problems = new ArrayList<>();

    public Environment(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    /**
     * The setting's value, or its default, or null after a problem: call {@link #throwIfProblems} before using what was
     * read.
     */
    public <T> T read(Setting<T> setting) {
        String text = values.getOrDefault(setting.name(), "");
        if (text.isEmpty()) {
            if (setting.fallback().isEmpty()) {
                problem(setting.name() + " is not set: expected " + setting.expected() + ". " + setting.explanation());
            }
            return setting.fallback().orElse(null);
        }
        try {
            return setting.parser().apply(text);
        } catch (IllegalArgumentException invalid) {
            problem(setting.name() + " is not valid: expected " + setting.expected() + ". " + setting.explanation());
            return setting.fallback().orElse(null);
        }
    }

    /** Whether a variable is set to something. */
    public boolean has(String name) {
        return !values.getOrDefault(name, "").isEmpty();
    }

    /** Adds a problem, such as one of several settings together. */
    public void problem(String text) {
        if (!problems.contains(text)) {
            problems.add(text);
        }
    }

    /** Logs the variables that look like a misspelt setting, with the setting that was probably meant. */
    public void warnAboutMisspellings(List<Setting<?>> known) {
        misspellings(known)
                .forEach((name, meant) ->
                        LOG.warn("Ignoring {}, which is not a setting; did you mean {}?", name, meant));
    }

    /** The variables that look like a misspelt setting, each with the nearest name. */
    Map<String, String> misspellings(List<Setting<?>> known) {
        List<String> names = known.stream().map(Setting::name).toList();
        Map<String, String> found = new TreeMap<>();
        for (String name : values.keySet()) {
            if (has(name) && !names.contains(name)) {
                nearest(name, names).ifPresent(meant -> found.put(name, meant));
            }
        }
        return found;
    }

    /** The name that differs least; {@code names} has at least one. */
    public static String nearestOf(String name, List<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(each -> distance(name, each)))
                .orElseThrow();
    }

    private static Optional<String> nearest(String name, List<String> names) {
        return names.stream()
                .filter(each -> each.startsWith(name + "_")
                        || distance(name, each) <= (Math.min(name.length(), each.length()) < LONG_NAME ? 1 : 2))
                .min(Comparator.comparingInt(each -> distance(name, each)));
    }

    /** The Levenshtein distance: how many characters must be inserted, deleted or replaced. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }

    /**
     * Ends the reading.
     *
     * @throws SettingsProblems with all problems, if there are any
     */
    public void throwIfProblems() {
        if (!problems.isEmpty()) {
            throw new SettingsProblems(problems);
        }
    }
}
