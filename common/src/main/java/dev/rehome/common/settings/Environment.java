package dev.rehome.common.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Typed reads of the environment that gather every problem instead of stopping at the first.
 *
 * <p>A variable that is set to the empty text counts as not set: that is how compose files and task definitions pass an
 * unused one. Not safe for use by several threads.
 */
public final class Environment {
    private final Map<String, String> values;
    private final List<String> problems = new ArrayList<>();

    public Environment(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * The setting's value, or its default, or null after noting a problem. Whoever reads must call
     * {@link #throwIfProblems} before using what was read.
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
            return setting.parser().parse(text);
        } catch (IllegalArgumentException unreadable) {
            problem(setting.name() + " is not valid: expected " + setting.expected() + ". " + setting.explanation());
            return setting.fallback().orElse(null);
        }
    }

    /** Whether a variable is set to something. */
    public boolean has(String name) {
        return !values.getOrDefault(name, "").isEmpty();
    }

    /** Notes a problem of several settings together. */
    public void problem(String text) {
        if (!problems.contains(text)) {
            problems.add(text);
        }
    }

    /** Whether nothing is wrong so far. */
    public boolean isSound() {
        return problems.isEmpty();
    }

    /**
     * Ends the reading.
     *
     * @throws SettingsProblems with all of them, when there are any
     */
    public void throwIfProblems() {
        if (!problems.isEmpty()) {
            throw new SettingsProblems(problems);
        }
    }
}
