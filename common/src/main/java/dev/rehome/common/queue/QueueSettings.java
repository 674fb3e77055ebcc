package dev.rehome.common.queue;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.time.Duration;
import java.util.List;

/**
 * The rules of the queue. The leading producer writes the lease and the attempts into the queue, and they apply to every
 * consumer; a consumer that was started with others reports it.
 *
 * @param lease how long a claim lasts without a heartbeat
 * @param maxAttempts claims that count before a batch becomes a dead letter
 * @param maxOpen how many batches may be unfinished at a time
 */
public record QueueSettings(Duration lease, int maxAttempts, int maxOpen) {
    private static final Setting<Duration> LEASE = Setting.seconds(
                    "LEASE_SECONDS",
                    "How long a batch stays with a consumer that sends no heartbeat. The producer's value applies to all"
                            + " consumers. Too low: a short outage of Redis or a long garbage collection takes batches"
                            + " from living consumers. Too high: the batches of a dead consumer wait that long.",
                    3,
                    3_600)
            .or(Duration.ofSeconds(60));
    private static final Setting<Integer> MAX_ATTEMPTS = Setting.integer(
                    "MAX_ATTEMPTS",
                    "How many consumers may die holding a batch before it is split in half to isolate the record at"
                            + " fault. The producer's value applies. Too low: batches are split because of consumers that"
                            + " died of something else. Too high: a record that kills consumers kills that many for each"
                            + " halving.",
                    1,
                    100)
            .or(5);
    private static final Setting<Integer> MAX_OPEN = Setting.integer(
                    "MAX_OPEN_BATCHES",
                    "How many batches may be unfinished before the producer waits. Too low: consumers run out of work."
                            + " Too high: Redis needs more memory, and a pass takes longer to react to changes.",
                    2,
                    100_000)
            .or(1_000);

    /** Read by producer and consumers. */
    public static final List<Setting<?>> SHARED = List.of(LEASE, MAX_ATTEMPTS);

    /** Read by the producer. */
    public static final List<Setting<?>> ALL = List.of(LEASE, MAX_ATTEMPTS, MAX_OPEN);

    /** Reads them; problems are collected in the environment. */
    public static QueueSettings from(Environment env) {
        return new QueueSettings(env.read(LEASE), env.read(MAX_ATTEMPTS), env.read(MAX_OPEN));
    }
}
