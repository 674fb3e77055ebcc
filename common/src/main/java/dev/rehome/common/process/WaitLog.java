package dev.rehome.common.process;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Logs when work begins to wait and when it resumes. If both alternate quickly, as around a limit, it logs one pair of lines
 * per interval, with the number of waits. For one thread.
 */
public final class WaitLog {
    private final Duration interval;
    private final MonotonicClock clock;
    private final Consumer<String> waiting;
    private final Runnable resuming;
    private boolean waits;
    private boolean isLogged;
    private int times;
    private Duration loggedAt;

    /**
     * Logs nothing yet.
     *
     * @param interval the least time between two lines about waiting
     * @param waiting logs the reason
     * @param resuming logs that nothing waits any more
     */
    public WaitLog(Duration interval, MonotonicClock clock, Consumer<String> waiting, Runnable resuming) {
        this.interval = interval;
        this.clock = clock;
        this.waiting = waiting;
        this.resuming = resuming;
    }

    /** Records the current reason to wait; empty when nothing waits. */
    public void reason(String reason) {
        boolean before = waits;
        waits = !reason.isEmpty();
        if (waits && !before) {
            times++;
        }
        if (isLogged && !waits) {
            isLogged = false;
            resuming.run();
        } else if (waits && !isLogged) {
            logWaiting(reason);
        }
    }

    private void logWaiting(String reason) {
        Duration now = clock.now();
        Duration since = loggedAt == null ? interval : now.minus(loggedAt);
        if (since.compareTo(interval) < 0) {
            return;
        }
        waiting.accept(times > 1 ? reason + " (began " + times + " times in " + since.toSeconds() + " s)" : reason);
        isLogged = true;
        times = 0;
        loggedAt = now;
    }
}
