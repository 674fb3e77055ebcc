package dev.rehome.producer.throttle;

import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the run must wait, asked before each batch. Any one reason holds, all are told, and it waits rather than
 * fails. Facts are asked for once a second. Safe for use by several threads.
 */
public final class Throttle {
    /** When to ask again after a reason to wait. */
    public static final Duration RECHECK = Duration.ofMillis(500);

    private static final Duration FACTS_LAST = Duration.ofSeconds(1);

    private final ServerLoad load;
    private final ControlChannel control;
    private final ReplicaLag lag;
    private final InstantSource time;
    private final ThrottleSettings settings;
    private Instant asked = Instant.EPOCH;
    private String pause = "";
    private String strain = "";

    /** {@code lag}: knows the replicas of the settings. */
    public Throttle(
            ServerLoad load, ControlChannel control, ReplicaLag lag, InstantSource time, ThrottleSettings settings) {
        this.load = load;
        this.control = control;
        this.lag = lag;
        this.time = time;
        this.settings = settings;
    }

    /** All reasons to wait, in plain words; empty when there is none. */
    public synchronized String reason() {
        ask();
        return pause.isEmpty() || strain.isEmpty() ? pause + strain : pause + "; " + strain;
    }

    /** The same without an operator's pause: what ends by itself. */
    public synchronized String strain() {
        ask();
        return strain;
    }

    private void ask() {
        if (Duration.between(asked, time.instant()).abs().compareTo(FACTS_LAST) >= 0) {
            String paused = control.pauseReason();
            pause = paused.isEmpty() ? "" : "paused: " + paused;
            strain = String.join("; ", strains());
            asked = time.instant();
        }
    }

    private List<String> strains() {
        List<String> reasons = new ArrayList<>(lag.reasons());
        if (settings.maxThreadsRunning() > 0 || settings.maxLockWaits() > 0) {
            ServerLoad.Reading now = load.read();
            int running = now.threadsRunning();
            if (settings.maxThreadsRunning() > 0 && running > settings.maxThreadsRunning()) {
                reasons.add("MariaDB runs " + running + " statements > " + settings.maxThreadsRunning());
            }
            int waiting = now.lockWaits();
            if (settings.maxLockWaits() > 0 && waiting > settings.maxLockWaits()) {
                reasons.add(waiting + " statements of MariaDB wait for row locks > " + settings.maxLockWaits());
            }
        }
        return reasons;
    }
}
