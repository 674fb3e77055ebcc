package dev.rehome.common.settings;

import java.util.List;

/** All problems with the settings, in one message. */
public final class SettingsProblems extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsProblems(List<String> problems) {
        super((problems.size() == 1 ? "1 problem" : problems.size() + " problems") + " with the settings:\n  - "
                + String.join("\n  - ", problems));
    }
}
