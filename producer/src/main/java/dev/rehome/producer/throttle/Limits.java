package dev.rehome.producer.throttle;

import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measurements that a run may not exceed; 0 is no limit.
 *
 * @param replicaLag the lag of any watched replica
 * @param threadsRunning executing database statements
 * @param lockWaits statements that wait for a row lock
 * @param slowDownPercent the copies of the last minute that the store rejected because it wants fewer requests
 * @param failedPercent the finished records that failed
 * @param failedRecords the records that failed
 */
public record Limits(
        Duration replicaLag,
        int threadsRunning,
        int lockWaits,
        int slowDownPercent,
        int failedPercent,
        int failedRecords) {
    /** No limit at all. */
    public static final Limits NONE = new Limits(Duration.ZERO, 0, 0, 0, 0, 0);

    /** The settings of one set of limits. */
    record Declared(
            Setting<Duration> replicaLag,
            Setting<Integer> threadsRunning,
            Setting<Integer> lockWaits,
            Setting<Integer> slowDownPercent,
            Setting<Integer> failedPercent,
            Setting<Integer> failedRecords) {
        List<Setting<?>> all() {
            return List.of(replicaLag, threadsRunning, lockWaits, slowDownPercent, failedPercent, failedRecords);
        }

        Limits from(Environment env) {
            return new Limits(
                    env.read(replicaLag),
                    env.read(threadsRunning),
                    env.read(lockWaits),
                    env.read(slowDownPercent),
                    env.read(failedPercent),
                    env.read(failedRecords));
        }

        /** The limits that apply now: those that were set live, and {@code configured} for the others. */
        Limits live(ControlState state, Limits configured) {
            return new Limits(
                    state.value(replicaLag, configured.replicaLag()),
                    state.value(threadsRunning, configured.threadsRunning()),
                    state.value(lockWaits, configured.lockWaits()),
                    state.value(slowDownPercent, configured.slowDownPercent()),
                    state.value(failedPercent, configured.failedPercent()),
                    state.value(failedRecords, configured.failedRecords()));
        }
    }

    /** Whether the database's load is measured at all. */
    boolean needLoad() {
        return threadsRunning > 0 || lockWaits > 0;
    }

    /** Whether failures are counted at all. */
    boolean needFailures() {
        return failedPercent > 0 || failedRecords > 0;
    }

    /** One reason for each exceeded limit of the database's load. */
    List<String> exceeded(ServerLoad.Reading load) {
        List<String> reasons = new ArrayList<>();
        if (threadsRunning > 0 && load.runningStatements() > threadsRunning) {
            reasons.add("the database runs " + load.runningStatements() + " statements > " + threadsRunning);
        }
        if (lockWaits > 0 && load.lockWaits() > lockWaits) {
            reasons.add(load.lockWaits() + " statements wait for row locks > " + lockWaits);
        }
        return reasons;
    }

    /** A reason when the store rejects too many copies. */
    List<String> exceededBySlowDowns(Share slowDowns) {
        return slowDownPercent > 0 && slowDowns.percent() > slowDownPercent
                ? List.of(String.format(
                        Locale.ROOT,
                        "the store wants fewer requests (SlowDown) in %.1f %% of the copies > %d %%",
                        slowDowns.percent(),
                        slowDownPercent))
                : List.of();
    }

    /** One reason for each exceeded limit of failures; {@code when} says which failures count. */
    List<String> exceededByFailures(Share failures, String when) {
        List<String> reasons = new ArrayList<>();
        if (failedPercent > 0 && failures.percent() > failedPercent) {
            reasons.add(String.format(
                    Locale.ROOT, "%.1f %% of the records failed %s > %d %%", failures.percent(), when, failedPercent));
        }
        if (failedRecords > 0 && failures.part() > failedRecords) {
            reasons.add(
                    String.format(Locale.ROOT, "%,d records failed %s > %,d", failures.part(), when, failedRecords));
        }
        return reasons;
    }
}
