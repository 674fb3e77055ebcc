package dev.rehome.producer.operator;

import dev.rehome.common.queue.ControlState;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The settings that may be changed during a run. A value is checked as the environment's is.
 *
 * @param all the declarations, the same as for the environment
 * @param environment the value of a variable in this process' environment; null when it isn't set
 */
public record LiveSettings(List<Setting<?>> all, UnaryOperator<String> environment) {
    /** The consumers' service: the only live setting that no process reads from its environment. */
    public static final Setting<Optional<Integer>> CONSUMER_TASKS = Setting.integer(
                    "CONSUMER_TASK_COUNT",
                    "The tasks of the consumers' ECS service. Terraform sets it again with the next apply.",
                    1,
                    5_000)
            .optional();

    public LiveSettings {
        all = List.copyOf(all);
    }

    /** Why a setting can't get this value; empty when it can. */
    public Optional<String> problem(String name, String value) {
        Optional<Setting<?>> setting = find(name);
        if (setting.isEmpty()) {
            return Optional.of(unknown(name));
        }
        if (value.isBlank()) {
            return Optional.of(name + " can't be set to an empty value: expected "
                    + setting.get().expected() + ". `unset " + name + "` returns it to its configured value");
        }
        try {
            var unused = setting.get().parser().apply(value);
            return Optional.empty();
        } catch (IllegalArgumentException invalid) {
            return Optional.of(name + " is not valid: expected " + setting.get().expected() + ". "
                    + setting.get().explanation());
        }
    }

    /** The message for a name that isn't a live setting: the nearest one, and all of them. */
    public String unknown(String name) {
        List<String> names = all.stream().map(Setting::name).toList();
        return name + " can't be changed during a run; did you mean " + Environment.nearestOf(name, names)
                + "? The settings that can be changed: " + String.join(", ", names);
    }

    /** The setting of that name. */
    public Optional<Setting<?>> find(String name) {
        return all.stream().filter(setting -> setting.name().equals(name)).findFirst();
    }

    /** The value of a setting in this process' environment, or its default. */
    public String configured(Setting<?> setting) {
        return Optional.ofNullable(environment.apply(setting.name()))
                .filter(text -> !text.isEmpty())
                .orElseGet(setting::fallbackText);
    }

    /** One line: the value that applies, and where it comes from. */
    public String line(Setting<?> setting, ControlState state) {
        String configured = configured(setting);
        String live = state.settings().get(setting.name());
        return setting.name() + "="
                + (live == null ? configured : live + "  (set live; configured here: '" + configured + "')");
    }
}
