package dev.rehome.common;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions by polling, always with a limit. The default is generous because the machine may be busy. */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Eventually() {}

    /** A condition; it may throw while a server that it needs is down. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until the condition holds, for a minute at most. */
    public static void holds(String event, Condition condition) {
        holds(event, LIMIT, condition);
    }

    /**
     * Waits until the condition holds. An exception counts as "not yet".
     *
     * @throws AssertionError when the time is up, with the last exception as its cause
     */
    public static void holds(String event, Duration atMost, Condition condition) {
        long start = System.nanoTime();
        Exception trouble = null;
        while (System.nanoTime() - start < atMost.toNanos()) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (Exception notYet) {
                trouble = notYet;
            }
            LockSupport.parkNanos(PERIOD_NANOS);
        }
        throw new AssertionError("not within " + atMost + ": " + event, trouble);
    }
}
