package dev.rehome.producer.throttle;

import dev.rehome.common.catalog.ServerAddress;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * When the run waits.
 *
 * @param maxThreadsRunning executing statements above which it waits; 0 for no limit
 * @param maxLockWaits statements waiting for a row lock above which it waits; 0 for no limit
 * @param replicas the replicas whose lag counts
 * @param maxReplicaLag the largest lag at which it continues; the default is gh-ost's
 * @param windows the times of the week in which it may work
 */
public record ThrottleSettings(
        int maxThreadsRunning,
        int maxLockWaits,
        List<ServerAddress> replicas,
        Duration maxReplicaLag,
        RunWindows windows) {
    private static final Setting<Integer> MAX_THREADS = Setting.integer(
                    "MAX_THREADS_RUNNING",
                    "Executing database statements, of any client, above which the run waits; no limit when 0. Too low"
                            + " holds the run on a busy server; too high lets it compete with the application.",
                    0,
                    100_000)
            .or(100);
    private static final Setting<Integer> MAX_LOCK_WAITS = Setting.integer(
                    "MAX_LOCK_WAITS",
                    "Database statements waiting for a row lock above which the run waits; no limit when 0.",
                    0,
                    100_000)
            .or(10);
    private static final Setting<List<ServerAddress>> REPLICAS = Setting.list(
                    "THROTTLE_REPLICAS",
                    "Replicas whose lag makes the run wait, as host or host:port; user, password and TLS as for the primary.",
                    "a host, or host:port",
                    ServerAddress::parse)
            .or(List.of());
    private static final Setting<Duration> MAX_LAG = Setting.fractionalSeconds(
                    "MAX_REPLICA_LAG_SECONDS",
                    "Lag of any of those replicas above which the run waits; decimals allowed.",
                    Duration.ofMillis(500),
                    Duration.ofHours(1))
            .or(Duration.ofMillis(1_500));
    private static final Setting<List<RunWindows.Window>> WINDOWS = new Setting.Builder<>(
                    "RUN_WINDOWS",
                    "Times of the week in which the run may work; outside of them consumers finish the batches that they"
                            + " hold and everything waits. Always when it isn't set.",
                    RunWindows.EXPECTED,
                    RunWindows::parse)
            .or(List.of());
    private static final Setting<ZoneId> WINDOW_TZ = new Setting.Builder<>(
                    "RUN_WINDOW_TZ",
                    "The time zone of RUN_WINDOWS.",
                    "a time zone such as Europe/Berlin or UTC",
                    RunWindows::zone)
            .or(ZoneId.of("UTC"));

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL =
            List.of(MAX_THREADS, MAX_LOCK_WAITS, REPLICAS, MAX_LAG, WINDOWS, WINDOW_TZ);

    public ThrottleSettings {
        replicas = List.copyOf(replicas);
    }

    /** Reads them; problems are collected in the environment. */
    public static ThrottleSettings from(Environment env) {
        return new ThrottleSettings(
                env.read(MAX_THREADS),
                env.read(MAX_LOCK_WAITS),
                env.read(REPLICAS),
                env.read(MAX_LAG),
                new RunWindows(env.read(WINDOWS), env.read(WINDOW_TZ)));
    }
}
