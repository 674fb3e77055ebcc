package dev.rehome.producer;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import dev.rehome.producer.throttle.ThrottleSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a run is carried out.
 *
 * @param batchSize records in a batch
 * @param passDelay the pause before each further pass, in which transactions of the application can end
 * @param maxIdlePasses how many passes in a row may find records and move none
 * @param startupWait how long to wait at the start for a service that is unavailable
 * @param lease how long a consumer's lease lasts
 * @param throttle when the run waits
 * @param statusPeriod the time between two status lines
 */
public record RunSettings(
        int batchSize,
        Duration passDelay,
        int maxIdlePasses,
        Duration startupWait,
        Duration lease,
        ThrottleSettings throttle,
        Duration statusPeriod) {
    static final Setting<Integer> BATCH_SIZE = Setting.integer(
                    "BATCH_SIZE",
                    "Records in a batch: one claim, one bulk update. Large batches lock more rows at a time and lose"
                            + " more work when a consumer dies; small ones cost more round trips.",
                    1,
                    Batch.MAX_RECORDS)
            .or(1_000);
    private static final Setting<Duration> PASS_DELAY = Setting.seconds(
                    "PASS_DELAY_SECONDS",
                    "Pause before each further pass. Best longer than the application's longest transaction, so that"
                            + " one more pass finds what it commits.",
                    0,
                    86_400)
            .or(Duration.ofSeconds(1));
    private static final Setting<Integer> MAX_IDLE_PASSES = Setting.integer(
                    "MAX_IDLE_PASSES",
                    "Passes in a row that may find records and move none before the run ends with exit code 1. Too low"
                            + " ends a run over rows that the application happens to change each time; too high"
                            + " repeats copies that something undoes.",
                    1,
                    1_000)
            .or(10);
    private static final Setting<Duration> STARTUP_WAIT = Setting.seconds(
                    "STARTUP_WAIT_SECONDS",
                    "How long the start waits for a database, Redis or bucket that is unavailable before it fails.",
                    0,
                    86_400)
            .or(Duration.ofMinutes(2));
    private static final Setting<Duration> STATUS = Setting.seconds(
                    "STATUS_SECONDS",
                    "Time between two lines of progress in the log. While nothing changes the lines become rarer, up to one"
                            + " an hour.",
                    1,
                    3_600)
            .or(Duration.ofSeconds(30));

    /** The settings, for help and documents. */
    static final List<Setting<?>> ALL = Stream.of(
                    List.of(BATCH_SIZE, PASS_DELAY, MAX_IDLE_PASSES, STARTUP_WAIT),
                    ThrottleSettings.ALL,
                    List.of(STATUS))
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /** Reads them; problems are collected in the environment. */
    static RunSettings from(Environment env, Duration lease) {
        return new RunSettings(
                env.read(BATCH_SIZE),
                env.read(PASS_DELAY),
                env.read(MAX_IDLE_PASSES),
                env.read(STARTUP_WAIT),
                lease,
                ThrottleSettings.from(env),
                env.read(STATUS));
    }

    /** The settings of the publishing role. */
    Publishing.Settings publishing(RunStart start, PublishingBound bound) {
        return new Publishing.Settings(
                start.run().id(), start.isResumed(), () -> batchSize, passDelay, maxIdlePasses, bound);
    }
}
