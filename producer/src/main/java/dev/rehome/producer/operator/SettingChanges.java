package dev.rehome.producer.operator;

import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.producer.ProducerFactory;
import dev.rehome.producer.ProducerServices;
import dev.rehome.producer.throttle.ConsumersAtOpening;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Changes settings during the run, for the commands and for HTTP alike. Safe for use by any thread.
 *
 * @param settings those that can be changed
 * @param control where they are set
 * @param consumerTasks scales the consumers' service, or throws {@link Rejected} when it can't
 */
public record SettingChanges(LiveSettings settings, OperatorControl control, IntConsumer consumerTasks) {
    /** The changes that a producer with these settings can make. */
    public static SettingChanges of(
            ProducerFactory factory, ProducerServices services, Map<String, String> environment) {
        return new SettingChanges(
                factory.live(environment),
                services.control(),
                tasks -> scale(services, factory.settings().scaling(), tasks));
    }

    /**
     * Sets a setting in all processes, until it is unset. The number of the consumers' tasks is changed at once, or, while
     * the consumers are at zero because the run windows are closed, when these open.
     *
     * @return what was done, in words
     * @throws IllegalArgumentException with what was expected, when the setting doesn't exist or the value isn't valid
     * @throws Rejected when the consumers can't be scaled
     */
    public String set(String name, String text, String author) {
        settings.problem(name, text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        String value = text.strip();
        boolean scales = name.equals(LiveSettings.CONSUMER_TASKS.name());
        if (scales) {
            consumerTasks.accept(Integer.parseInt(value));
        }
        Optional<String> before = control.set(name, value, author);
        String done = name + "=" + value
                + before.map(was -> " (it was set to " + was + ")").orElse("");
        if (scales && areScaledDown(control)) {
            var unused = control.set(ConsumersAtOpening.NAME, value, author);
            return done + ". The run windows are closed: the consumers start when they open";
        }
        return done;
    }

    private static boolean areScaledDown(OperatorControl control) {
        return ConsumersAtOpening.of(control.state()).isPresent();
    }

    /**
     * Returns a setting to its configured value in all processes.
     *
     * @return what was done, in words
     * @throws IllegalArgumentException when the setting doesn't exist
     */
    public String unset(String name, String author) {
        if (settings.find(name).isEmpty()) {
            throw new IllegalArgumentException(settings.unknown(name));
        }
        return control.unset(name, author)
                .map(was -> name + " has its configured value again; it was set to " + was)
                .orElse(name + " has its configured value; it wasn't set live");
    }

    private static void scale(ProducerServices services, Optional<ScalingSettings> scaling, int tasks) {
        if (scaling.isEmpty()) {
            throw new Rejected(
                    "The consumers run outside ECS (CLUSTER_NAME isn't set): start or stop them where they run");
        }
        Optional<Run> run = services.catalog().runs().latest();
        boolean inProgress = run.filter(latest -> latest.completed().isEmpty()).isPresent();
        OperatorControl control = services.control();
        if (!inProgress || control.state().hold().filter(Hold::isStop).isPresent()) {
            throw new Rejected("No run is in progress, so nothing would stop the consumers again. Start a run first");
        }
        if (!areScaledDown(control)) {
            services.scaler().orElseThrow().scale(scaling.get().consumerService(), tasks);
        }
    }
}
