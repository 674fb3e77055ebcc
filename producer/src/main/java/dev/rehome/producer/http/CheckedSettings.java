package dev.rehome.producer.http;

import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.settings.Setting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Sets settings live after checking name and value.
 *
 * @param control where they are set
 * @param live those that the processes follow during a run
 */
public record CheckedSettings(OperatorControl control, List<Setting<?>> live) implements ControlRequests.LiveSettings {
    public CheckedSettings {
        live = List.copyOf(live);
    }

    @Override
    public String set(String name, String value, String author) {
        Setting<?> setting = live.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Expected the name of a setting that can be changed during"
                                + " a run: " + live.stream().map(Setting::name).collect(Collectors.joining(", "))));
        if (value.isBlank() || !isValid(setting, value)) {
            throw new IllegalArgumentException("Expected " + name + " to be " + setting.expected());
        }
        Optional<String> before = control.set(name, value.strip(), author);
        return name + " is " + value.strip()
                + before.map(old -> "; it was " + old).orElse("; before, it was as configured");
    }

    private static boolean isValid(Setting<?> setting, String value) {
        try {
            var unused = setting.parser().apply(value);
            return true;
        } catch (IllegalArgumentException invalid) {
            return false;
        }
    }
}
