package dev.rehome.producer.throttle;

import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether the run must wait; asked before each batch. Any one reason is enough, and all are shown. The facts are
 * read at most once a second. Safe for use by several threads.
 */
public final class Throttle {
    /** When to ask again while the run is throttled. */
    public static final Duration RECHECK = Duration.ofMillis(500);

    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    private final ServerLoad load;
    private final ControlChannel control;
    private final ReplicaLag lag;
    private final MonotonicClock clock;
    private final ThrottleSettings settings;
    private Duration readAt;
    private String pauseReason = "";
    private String loadReason = "";

    /** {@code lag}: watches the replicas of the settings. */
    public Throttle(
            ServerLoad load, ControlChannel control, ReplicaLag lag, MonotonicClock clock, ThrottleSettings settings) {
        this.load = load;
        this.control = control;
        this.lag = lag;
        this.clock = clock;
        this.settings = settings;
    }

    /** All reasons to wait; empty when there are none. */
    public synchronized String reason() {
        refresh();
        return pauseReason.isEmpty() || loadReason.isEmpty()
                ? pauseReason + loadReason
                : pauseReason + "; " + loadReason;
    }

    /** The reasons that end by themselves: replica lag and server load, without an operator's pause. */
    public synchronized String loadReason() {
        refresh();
        return loadReason;
    }

    private void refresh() {
        Duration now = clock.now();
        if (readAt == null || now.minus(readAt).compareTo(MAX_AGE) >= 0) {
            String pause = control.pauseReason();
            pauseReason = pause.isEmpty() ? "" : "paused: " + pause;
            loadReason = String.join("; ", loadReasons());
            readAt = now;
        }
    }

    private List<String> loadReasons() {
        List<String> reasons = new ArrayList<>(lag.reasons());
        if (settings.maxThreadsRunning() > 0 || settings.maxLockWaits() > 0) {
            ServerLoad.Reading now = load.read();
            int running = now.runningStatements();
            if (settings.maxThreadsRunning() > 0 && running > settings.maxThreadsRunning()) {
                reasons.add("the database runs " + running + " statements > " + settings.maxThreadsRunning());
            }
            int waiting = now.lockWaits();
            if (settings.maxLockWaits() > 0 && waiting > settings.maxLockWaits()) {
                reasons.add(waiting + " statements wait for row locks > " + settings.maxLockWaits());
            }
        }
        return reasons;
    }
}
