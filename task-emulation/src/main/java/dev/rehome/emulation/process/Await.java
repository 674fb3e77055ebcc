package dev.rehome.emulation.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for conditions by polling, always with a limit. The limits are generous because the machine may be busy. */
public final class Await {
    /** The limit for one step of a migration. */
    public static final Duration STEP = Duration.ofMinutes(2);
    /** The limit for a whole migration. */
    public static final Duration RUN = Duration.ofMinutes(4);

    private static final long PERIOD_MILLIS = 20;

    private Await() {}

    /** A condition; it may throw while a server that it needs is down. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Waits until the condition holds. An exception counts as "not yet".
     *
     * @throws AssertionError when the time is up, with the last exception as its cause
     */
    public static void until(String event, Duration atMost, Condition condition) {
        long end = System.nanoTime() + atMost.toNanos();
        Exception trouble = null;
        try {
            while (end - System.nanoTime() > 0) {
                try {
                    if (condition.holds()) {
                        return;
                    }
                } catch (InterruptedException hurried) {
                    throw hurried;
                } catch (Exception notYet) {
                    trouble = notYet;
                }
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("not within " + atMost + ": " + event, trouble);
    }

    /** Waits for at most {@link #STEP}. */
    public static void until(String event, Condition condition) {
        until(event, STEP, condition);
    }
}
