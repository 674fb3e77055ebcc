package dev.rehome.common.queue;

import dev.rehome.common.settings.Setting;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of the operators' controls at one moment. Immutable.
 *
 * @param hold the hold of the run; empty when nothing holds it
 * @param settings the values of the settings that were changed live, by their names, as they were written
 * @param revision the number of changes so far; a queue that lost its data starts again at 0
 */
public record ControlState(Optional<Hold> hold, Map<String, String> settings, long revision) {
    /** Nothing was ever changed. */
    public static final ControlState NONE = new ControlState(Optional.empty(), Map.of(), 0);

    public ControlState {
        Objects.requireNonNull(hold, "hold");
        settings = new TreeMap<>(settings);
    }

    /**
     * The value of a setting that applies now: the one that was set live, or {@code configured} without one. Also
     * {@code configured} when the live value isn't valid, as after a downgrade to a release with other bounds.
     */
    public <T> T value(Setting<T> setting, T configured) {
        String live = settings.get(setting.name());
        if (live == null) {
            return configured;
        }
        try {
            return setting.parser().apply(live);
        } catch (IllegalArgumentException otherRelease) {
            return configured;
        }
    }
}
