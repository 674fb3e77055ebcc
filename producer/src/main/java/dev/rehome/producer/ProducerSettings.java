package dev.rehome.producer;

import dev.rehome.common.process.HttpSettings;
import dev.rehome.common.process.LogSettings;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.settings.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The producer's settings, apart from those of the adapters, which {@link ProducerFactory} reads.
 *
 * @param migration the migration: buckets and prefixes
 * @param run how a run is carried out
 * @param scaling the services to be scaled to zero; empty outside ECS
 * @param http the health endpoint
 * @param log the log
 * @param stopTimeout the time between SIGTERM and SIGKILL
 */
record ProducerSettings(
        MigrationSettings migration,
        RunSettings run,
        Optional<ScalingSettings> scaling,
        HttpSettings http,
        LogSettings log,
        Duration stopTimeout) {
    private static final Setting<Duration> STOP_TIMEOUT_SECONDS = Setting.seconds(
                    "STOP_TIMEOUT_SECONDS", "Time between SIGTERM and SIGKILL; all is given back within it.", 2, 3_600)
            .or(Duration.ofSeconds(30));

    /** The setting of the stop timeout, for help and documents. */
    static final List<Setting<?>> OWN = List.of(STOP_TIMEOUT_SECONDS);

    /**
     * Reads them; problems are gathered in the environment.
     *
     * @param name the migration's name unless a setting gives it another
     * @param lease how long a consumer's lease lasts
     */
    static ProducerSettings from(Environment env, String name, Duration lease) {
        return new ProducerSettings(
                MigrationSettings.from(env, name),
                RunSettings.from(env, lease),
                ScalingSettings.from(env),
                HttpSettings.from(env),
                LogSettings.from(env),
                env.read(STOP_TIMEOUT_SECONDS));
    }
}
