package dev.rehome.producer;

import dev.rehome.catalog.mariadb.MariaDbCatalog;
import dev.rehome.catalog.mariadb.preflight.Acceptance;
import dev.rehome.catalog.mariadb.sql.CatalogSettings;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.process.HttpSettings;
import dev.rehome.common.process.LogSettings;
import dev.rehome.common.queue.QueueSettings;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationIdentity;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.settings.Setting;
import dev.rehome.manifest.ManifestSettings;
import dev.rehome.producer.throttle.ThrottleSettings;
import dev.rehome.queue.redis.RedisSettings;
import dev.rehome.secrets.PasswordSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything the producer is told.
 *
 * @param migration what is moved where
 * @param catalog the database
 * @param password where its password is kept
 * @param acceptance what the update may touch beside the column
 * @param manifest what says which rows are moved, if not the prefix
 * @param redis how Redis is reached
 * @param queue the rules of the queue
 * @param http where it answers for its health
 * @param log how it logs
 * @param scaling the services to be scaled to zero; empty outside ECS
 * @param batchSize records in a batch
 * @param passDelay pause before a pass that follows another, for transactions of the application to end
 * @param startupWait how long to wait at the start for a database that doesn't answer
 * @param throttle what the run waits for
 * @param status how often a line of progress is logged
 * @param stopTimeout how long it has between SIGTERM and SIGKILL
 */
record ProducerSettings(
        MigrationSettings migration,
        CatalogSettings catalog,
        PasswordSettings password,
        Acceptance acceptance,
        ManifestSettings manifest,
        RedisSettings redis,
        QueueSettings queue,
        HttpSettings http,
        LogSettings log,
        Optional<ScalingSettings> scaling,
        int batchSize,
        Duration passDelay,
        Duration startupWait,
        ThrottleSettings throttle,
        Duration status,
        Duration stopTimeout) {
    private static final Setting<Integer> BATCH_SIZE = Setting.integer(
                    "BATCH_SIZE", "Records in a batch: one claim, one bulk update.", 1, Batch.MAX_RECORDS)
            .or(1_000);
    private static final Setting<Duration> PASS_DELAY = Setting.seconds(
                    "PASS_DELAY_SECONDS",
                    "Pause before each further pass; longer than the application's longest transaction is best.",
                    0,
                    86_400)
            .or(Duration.ofSeconds(1));
    private static final Setting<Duration> STARTUP_WAIT = Setting.seconds(
                    "STARTUP_WAIT_SECONDS", "How long the start waits for a database that doesn't answer.", 0, 86_400)
            .or(Duration.ofMinutes(2));
    private static final Setting<Duration> STATUS = Setting.seconds(
                    "STATUS_SECONDS", "How often a line of progress is logged.", 1, 3_600)
            .or(Duration.ofSeconds(10));
    private static final Setting<Duration> STOP_TIMEOUT_SECONDS = Setting.seconds(
                    "STOP_TIMEOUT_SECONDS", "Time between SIGTERM and SIGKILL; all is given back within it.", 2, 3_600)
            .or(Duration.ofSeconds(30));

    /** The settings, for help and documents. */
    static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(MigrationSettings.ALL);
        all.addAll(CatalogSettings.ALL);
        all.addAll(PasswordSettings.ALL);
        all.addAll(Acceptance.ALL);
        all.addAll(RedisSettings.ALL);
        all.addAll(QueueSettings.ALL);
        all.addAll(ScalingSettings.ALL);
        all.add(ScalingSettings.REGION);
        all.addAll(ManifestSettings.ALL);
        all.addAll(HttpSettings.ALL);
        all.addAll(LogSettings.ALL);
        all.addAll(List.of(BATCH_SIZE, PASS_DELAY, STARTUP_WAIT));
        all.addAll(ThrottleSettings.ALL);
        all.addAll(List.of(STATUS, STOP_TIMEOUT_SECONDS));
        return all;
    }

    /**
     * Reads them.
     *
     * @throws dev.rehome.common.settings.SettingsProblems with all problems
     */
    static ProducerSettings from(Environment env) {
        CatalogSettings catalog = CatalogSettings.from(env);
        ProducerSettings settings = new ProducerSettings(
                MigrationSettings.from(env, String.valueOf(catalog.mapping())),
                catalog,
                PasswordSettings.from(env),
                Acceptance.from(env),
                ManifestSettings.from(env),
                RedisSettings.from(env),
                QueueSettings.from(env),
                HttpSettings.from(env),
                LogSettings.from(env),
                ScalingSettings.from(env),
                env.read(BATCH_SIZE),
                env.read(PASS_DELAY),
                env.read(STARTUP_WAIT),
                ThrottleSettings.from(env),
                env.read(STATUS),
                env.read(STOP_TIMEOUT_SECONDS));
        env.throwIfProblems();
        return settings;
    }

    /** The migration's name and the settings that distinguish it from others. */
    MigrationIdentity identity() {
        return MigrationIdentity.of(migration, catalog.identity());
    }

    /** Opens the database; {@code connections}: the most at a time. */
    MariaDbCatalog openCatalog(InstantSource time, int connections) {
        return new MariaDbCatalog(
                catalog,
                migration,
                acceptance,
                manifest.place().isPresent() ? Selection.MANIFEST : Selection.PREFIX,
                password.source(catalog.password(), time),
                connections);
    }
}
