package dev.rehome.consumer;

import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.process.HttpSettings;
import dev.rehome.common.process.LogSettings;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.QueueSettings;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.settings.Setting;
import dev.rehome.queue.redis.RedisSettings;
import dev.rehome.secrets.PasswordSettings;
import dev.rehome.store.s3.S3StoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All settings of a consumer.
 *
 * @param migration what is moved where
 * @param catalog the database
 * @param password where its password is kept
 * @param redis how Redis is reached
 * @param queue the rules of the queue, of which the producer's apply
 * @param store the object store
 * @param http where it answers for its health
 * @param log how it logs
 * @param batches how many batches it works on at a time
 * @param retries when copies are retried
 * @param stopTimeout how long it has between SIGTERM and SIGKILL
 * @param scaling the services that it is one of; empty outside ECS: then it exits when the run is complete
 */
record ConsumerSettings(
        MigrationSettings migration,
        MariaDbSettings catalog,
        PasswordSettings password,
        RedisSettings redis,
        QueueSettings queue,
        S3StoreSettings store,
        HttpSettings http,
        LogSettings log,
        int batches,
        BatchCopy.Retries retries,
        Duration stopTimeout,
        Optional<ScalingSettings> scaling) {
    private static final Setting<Integer> BATCHES = Setting.integer(
                    "BATCHES_IN_FLIGHT", "Batches that a consumer works on at a time.", 1, 64)
            .or(4);
    private static final Setting<Integer> TRIES_PER_OBJECT = Setting.integer(
                    "TRIES_PER_OBJECT",
                    "How often a copy may fail while the store serves other objects, before its records are failed."
                        + " Too low: passing trouble becomes failures. Too high: one broken object delays the end by"
                        + " up to 20 s per try.",
                    1,
                    1_000)
            .or(10);
    /** The settings, for help and documents. */
    static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(MigrationSettings.ALL);
        all.addAll(MariaDbSettings.ALL);
        all.addAll(PasswordSettings.ALL);
        all.addAll(RedisSettings.ALL);
        all.addAll(QueueSettings.SHARED);
        all.addAll(S3StoreSettings.ALL);
        all.addAll(HttpSettings.ALL);
        all.addAll(LogSettings.ALL);
        all.addAll(List.of(BATCHES, TRIES_PER_OBJECT, ShutdownSignal.STOP_TIMEOUT));
        all.addAll(ScalingSettings.ALL);
        return all;
    }

    /**
     * Reads them.
     *
     * @throws dev.rehome.common.settings.SettingsProblems with all problems
     */
    static ConsumerSettings from(Environment env) {
        MariaDbSettings catalog = MariaDbSettings.from(env);
        ConsumerSettings settings = new ConsumerSettings(
                MigrationSettings.from(env, String.valueOf(catalog.mapping())),
                catalog,
                PasswordSettings.from(env),
                RedisSettings.from(env),
                QueueSettings.from(env),
                S3StoreSettings.from(env),
                HttpSettings.from(env),
                LogSettings.from(env),
                env.read(BATCHES),
                BatchCopy.Retries.with(env.read(TRIES_PER_OBJECT)),
                env.read(ShutdownSignal.STOP_TIMEOUT),
                ScalingSettings.from(env));
        if (settings.store().copies().overwrite()
                && settings.migration().keys() != null
                && settings.migration().keys().layout() == KeyLayout.FLATTEN) {
            env.problem(
                    "KEY_LAYOUT=flatten and OVERWRITE_TARGETS=true can't be combined: two legacy keys may have the same"
                            + " last segment, and the later copy would replace an object that a row refers to. Set"
                            + " OVERWRITE_TARGETS=false");
        }
        env.warnAboutMisspellings(all());
        env.throwIfProblems();
        return settings;
    }
}
