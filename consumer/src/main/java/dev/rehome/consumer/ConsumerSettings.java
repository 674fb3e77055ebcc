package dev.rehome.consumer;

import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.process.HttpSettings;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.FleetCopies;
import dev.rehome.common.queue.QueueSettings;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import dev.rehome.consumer.data.DataSettings;
import dev.rehome.queue.redis.RedisSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All settings of a consumer.
 *
 * @param data the migration, its database and its store
 * @param redis how Redis is reached
 * @param queue the rules of the queue; those of the producer apply
 * @param http the health endpoint
 * @param copying how many batches are copied at a time, and when their copies are retried
 * @param stopTimeout the time between SIGTERM and SIGKILL
 * @param scaling the ECS services of this migration; empty outside ECS: then the consumer exits when the run is complete
 */
record ConsumerSettings(
        DataSettings data,
        RedisSettings redis,
        QueueSettings queue,
        HttpSettings http,
        Copying copying,
        Duration stopTimeout,
        Optional<ScalingSettings> scaling) {
    /**
     * How batches are copied.
     *
     * @param batches the most batches in flight
     * @param retries when copies are retried
     * @param copiesPerSecond how many may start per second in all consumers together; 0 for no limit
     */
    record Copying(int batches, BatchCopy.RetryPolicy retries, int copiesPerSecond) {}

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
    static final List<Setting<?>> ALL = Stream.of(
                    DataSettings.ALL,
                    RedisSettings.ALL,
                    QueueSettings.SHARED,
                    HttpSettings.ALL,
                    List.of(BATCHES, TRIES_PER_OBJECT, FleetCopies.MAX_PER_SECOND, ShutdownSignal.STOP_TIMEOUT),
                    ScalingSettings.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /**
     * Reads them.
     *
     * @throws dev.rehome.common.settings.SettingsProblems with all problems
     */
    static ConsumerSettings from(Environment env) {
        ConsumerSettings settings = new ConsumerSettings(
                DataSettings.from(env),
                RedisSettings.from(env),
                QueueSettings.from(env),
                HttpSettings.from(env),
                new Copying(
                        env.read(BATCHES),
                        BatchCopy.RetryPolicy.with(env.read(TRIES_PER_OBJECT)),
                        env.read(FleetCopies.MAX_PER_SECOND)),
                env.read(ShutdownSignal.STOP_TIMEOUT),
                ScalingSettings.from(env));
        DataSettings data = settings.data();
        if (data.store().copies().overwrite()
                && data.migration().keys() != null
                && data.migration().keys().layout() == KeyLayout.FLATTEN) {
            env.problem(
                    "KEY_LAYOUT=flatten and OVERWRITE_TARGETS=true can't be combined: two legacy keys may have the same"
                            + " last segment, and the later copy would replace an object that a row refers to. Set"
                            + " OVERWRITE_TARGETS=false");
        }
        env.warnAboutMisspellings(ALL);
        env.throwIfProblems();
        return settings;
    }

    /** One line for the log: what is copied, how, and when the consumer exits. Holds no credentials. */
    String summary() {
        return "copying %s to %s for %s.%s, at most %d copies (COPY_ENGINE=%s) and %d batches at a time, %s"
                .formatted(
                        "s3://" + data.migration().sourceBucket() + "/"
                                + data.migration().keys().legacy(),
                        "s3://" + data.migration().targetBucket() + "/"
                                + data.migration().keys().target(),
                        data.catalog().catalog(),
                        data.catalog().column(),
                        data.store().concurrency(),
                        data.store().client().engine().name().toLowerCase(Locale.ROOT),
                        copying.batches(),
                        scaling.map(services -> "until service " + services.consumerService() + " is scaled down")
                                .orElse("until the run is complete"));
    }
}
