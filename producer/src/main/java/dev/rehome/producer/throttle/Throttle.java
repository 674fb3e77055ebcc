package dev.rehome.producer.throttle;

import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.queue.RunControl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the next batch may be applied, asked before each. Any one reason holds, all are told, and it waits rather than
 * fails. Facts are asked for once a second. For use by one thread.
 */
public final class Throttle {
    /** When to ask again after a reason to wait. */
    public static final Duration RECHECK = Duration.ofMillis(500);

    private static final Duration FACTS_LAST = Duration.ofSeconds(1);

    private final ServerLoad load;
    private final RunControl control;
    private final InstantSource time;
    private final int maxThreadsRunning;
    private Instant asked = Instant.EPOCH;
    private String reason = "";

    /** {@code maxThreadsRunning}: 0 for no limit. */
    public Throttle(ServerLoad load, RunControl control, InstantSource time, int maxThreadsRunning) {
        this.load = load;
        this.control = control;
        this.time = time;
        this.maxThreadsRunning = maxThreadsRunning;
    }

    /** All reasons to wait, in plain words; empty when there is none. */
    public String reason() {
        if (Duration.between(asked, time.instant()).compareTo(FACTS_LAST) >= 0) {
            List<String> reasons = new ArrayList<>();
            String pause = control.pauseReason();
            if (!pause.isEmpty()) {
                reasons.add("paused: " + pause);
            }
            if (maxThreadsRunning > 0) {
                int running = load.threadsRunning();
                if (running > maxThreadsRunning) {
                    reasons.add("MariaDB runs " + running + " statements > " + maxThreadsRunning);
                }
            }
            reason = String.join("; ", reasons);
            asked = time.instant();
        }
        return reason;
    }
}
