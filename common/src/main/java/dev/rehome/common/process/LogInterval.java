package dev.rehome.common.process;

import java.time.Duration;
import java.util.Objects;

/**
 * Decides when a line of progress is due: once a period while something changes. While nothing does, each interval is twice
 * as long as the one before, up to an hour: a run that is paused for days must not fill its log. For one thread.
 */
public final class LogInterval {
    /** The longest time without a line. */
    static final Duration LONGEST = Duration.ofHours(1);

    private final Duration period;
    private final MonotonicClock clock;
    private Object logged = "";
    private Duration loggedAt;
    private Duration interval;

    /** {@code period}: the time between two lines while something changes. */
    public LogInterval(Duration period, MonotonicClock clock) {
        this.period = period;
        this.clock = clock;
        this.loggedAt = clock.now();
        this.interval = period;
    }

    /**
     * Whether a line is due, which then counts as logged.
     *
     * @param state the content of the line; a state that differs from that of the last line is a change
     * @param atOnce whether the line can't wait for the end of the interval
     */
    public boolean isDue(Object state, boolean atOnce) {
        Objects.requireNonNull(state, "state");
        boolean changed = !state.equals(logged);
        Duration since = clock.now().minus(loggedAt);
        if (!atOnce && since.compareTo(changed ? period : interval) < 0) {
            return false;
        }
        Duration doubled = interval.multipliedBy(2);
        interval = changed ? period : doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        logged = state;
        loggedAt = clock.now();
        return true;
    }
}
