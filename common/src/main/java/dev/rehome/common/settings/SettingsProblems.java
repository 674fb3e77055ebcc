package dev.rehome.common.settings;

import dev.rehome.common.process.Plural;
import java.util.List;

/** All problems with the settings, in one message. */
public final class SettingsProblems extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsProblems(List<String> problems) {
        super(Plural.of(problems.size(), "problem") + " with the settings:\n  - " + String.join("\n  - ", problems));
    }
}
