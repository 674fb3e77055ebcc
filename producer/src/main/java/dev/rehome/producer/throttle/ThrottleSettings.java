package dev.rehome.producer.throttle;

import dev.rehome.common.catalog.ServerAddress;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/**
 * When the run waits, and when it stops.
 *
 * @param soft above these it waits until the measurement falls
 * @param hard above these it stops until a person continues it
 * @param replicas the replicas whose lag counts
 * @param windows the times of the week in which it may work
 * @param scalesWithWindows whether the consumers' service is at zero outside of them
 */
public record ThrottleSettings(
        Limits soft, Limits hard, List<ServerAddress> replicas, RunWindows windows, boolean scalesWithWindows) {
    private static final int MOST_STATEMENTS = 100_000;
    private static final String HARD =
            " Above it the run stops, and continues only once it is started again; no limit when 0.";

    private static final Limits.Declared SOFT = new Limits.Declared(
            Setting.fractionalSeconds(
                            "MAX_REPLICA_LAG_SECONDS",
                            "Lag of any of THROTTLE_REPLICAS above which the run waits; decimals allowed.",
                            Duration.ofMillis(500),
                            Duration.ofHours(1))
                    .or(Duration.ofMillis(1_500)),
            statements(
                    "MAX_THREADS_RUNNING",
                    "Executing database statements, of any client, above which the run waits; no limit when 0. Too"
                            + " low holds the run on a busy server; too high lets it compete with the"
                            + " application.",
                    100),
            statements(
                    "MAX_LOCK_WAITS",
                    "Database statements waiting for a row lock above which the run waits; no limit when 0.",
                    10),
            percent(
                    "MAX_SLOWDOWN_PERCENT",
                    "Percentage of the copies of the last minute that S3 rejected with SlowDown, above which the run"
                            + " waits; no limit when 0. Consumers halve their copies in flight in any case."),
            percent(
                    "MAX_FAILED_PERCENT",
                    "Percentage of the records finished in the last five minutes that failed, above which the run"
                            + " waits; no limit when 0."),
            count(
                    "MAX_FAILED_RECORDS",
                    "Records that failed in the last five minutes, above which the run waits; no limit when 0."));
    private static final Limits.Declared HARD_LIMITS = new Limits.Declared(
            Setting.fractionalSeconds(
                            "CRITICAL_REPLICA_LAG_SECONDS",
                            "Lag of any of THROTTLE_REPLICAS for ten seconds; decimals allowed." + HARD,
                            Duration.ZERO,
                            Duration.ofDays(1))
                    .or(Duration.ZERO),
            statements(
                    "CRITICAL_THREADS_RUNNING",
                    "Executing database statements, of any client, for ten seconds." + HARD,
                    0),
            statements("CRITICAL_LOCK_WAITS", "Database statements waiting for a row lock for ten seconds." + HARD, 0),
            percent(
                    "CRITICAL_SLOWDOWN_PERCENT",
                    "Percentage of the copies of the last minute that S3 rejected with SlowDown, for ten seconds."
                            + HARD),
            percent(
                    "CRITICAL_FAILED_PERCENT",
                    "Percentage of the run's finished records that failed, once a thousand are finished." + HARD
                            + " Continuing the run accepts the failures so far: only later ones count."),
            count(
                    "CRITICAL_FAILED_RECORDS",
                    "Failed records of the run." + HARD
                            + " Continuing the run accepts the failures so far: only later ones count."));
    private static final Setting<List<ServerAddress>> REPLICAS = Setting.list(
                    "THROTTLE_REPLICAS",
                    "Replicas whose lag makes the run wait, as host or host:port; user, password and TLS as for the primary.",
                    "a host, or host:port",
                    ServerAddress::parse)
            .or(List.of());
    private static final Setting<List<RunWindows.Window>> WINDOWS = new Setting.Builder<>(
                    "RUN_WINDOWS",
                    "Times of the week in which the run may work; at their end it drains: consumers finish the batches"
                            + " that they hold, these are applied, and everything waits. Always when it isn't set.",
                    RunWindows.EXPECTED,
                    RunWindows::parse)
            .or(List.of());
    private static final Setting<ZoneId> WINDOW_TZ = new Setting.Builder<>(
                    "RUN_WINDOW_TZ",
                    "The time zone of RUN_WINDOWS.",
                    "a time zone such as Europe/Berlin or UTC",
                    RunWindows::zone)
            .or(ZoneId.of("UTC"));

    private static final Setting<Boolean> SCALE_WITH_WINDOWS = Setting.flag(
                    "SCALE_WITH_WINDOWS",
                    "Whether the consumers' ECS service is scaled to 0 while RUN_WINDOWS are closed for 15 minutes or more, and"
                            + " up again when they open, which takes the time of starting its tasks.")
            .or(false);

    /** The settings that may be changed during a run. */
    public static final List<Setting<?>> LIVE = Stream.of(
                    SOFT.all(), HARD_LIMITS.all(), List.of(WINDOWS, WINDOW_TZ, SCALE_WITH_WINDOWS))
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL =
            Stream.concat(LIVE.stream(), Stream.of(REPLICAS)).toList();

    public ThrottleSettings {
        replicas = List.copyOf(replicas);
    }

    private static Setting<Integer> statements(String name, String explanation, int fallback) {
        return Setting.integer(name, explanation, 0, MOST_STATEMENTS).or(fallback);
    }

    private static Setting<Integer> percent(String name, String explanation) {
        return Setting.integer(name, explanation, 0, 100).or(0);
    }

    private static Setting<Integer> count(String name, String explanation) {
        return Setting.integer(name, explanation, 0, Integer.MAX_VALUE).or(0);
    }

    /** Reads them; problems are collected in the environment. */
    public static ThrottleSettings from(Environment env) {
        return new ThrottleSettings(
                SOFT.from(env),
                HARD_LIMITS.from(env),
                env.read(REPLICAS),
                new RunWindows(env.read(WINDOWS), env.read(WINDOW_TZ)),
                env.read(SCALE_WITH_WINDOWS));
    }

    /** The settings that apply now: those that were set live, and these for the others. */
    ThrottleSettings with(ControlState state) {
        return new ThrottleSettings(
                SOFT.live(state, soft),
                HARD_LIMITS.live(state, hard),
                replicas,
                new RunWindows(state.value(WINDOWS, windows.windows()), state.value(WINDOW_TZ, windows.zone())),
                state.value(SCALE_WITH_WINDOWS, scalesWithWindows));
    }
}
