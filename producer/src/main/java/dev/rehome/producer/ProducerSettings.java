package dev.rehome.producer;

import dev.rehome.common.process.HttpSettings;
import dev.rehome.common.process.LogSettings;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.producer.webhook.WebhookSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * The producer's settings, apart from those of the adapters, which {@link ProducerFactory} reads.
 *
 * @param migration the migration: buckets and prefixes
 * @param run how a run is carried out
 * @param scaling the services to be scaled to zero; empty outside ECS
 * @param http the health endpoint
 * @param log the log
 * @param webhook where events of the run are sent
 * @param stopTimeout the time between SIGTERM and SIGKILL
 */
public record ProducerSettings(
        MigrationSettings migration,
        RunSettings run,
        Optional<ScalingSettings> scaling,
        HttpSettings http,
        LogSettings log,
        WebhookSettings webhook,
        Duration stopTimeout) {
    /**
     * Reads them; problems are collected in the environment.
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
                WebhookSettings.from(env),
                env.read(ShutdownSignal.STOP_TIMEOUT));
    }
}
