package dev.rehome.emulation.stage;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting by looking again and again, always with an end. Bounds are generous: the machine may be busy. */
public final class Patience {
    /** For a step of a migration. */
    public static final Duration STEP = Duration.ofMinutes(1);
    /** For a whole migration. */
    public static final Duration RUN = Duration.ofMinutes(2);

    private static final long PERIOD_MILLIS = 20;

    private Patience() {}

    /** A condition that may need a server that is away just now. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until it holds; trouble on the way counts as not yet, and the last of it is told when time is up. */
    public static void until(String what, Duration atMost, Condition condition) {
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
        throw new AssertionError("not within " + atMost + ": " + what, trouble);
    }

    /** The same within the time of a step. */
    public static void until(String what, Condition condition) {
        until(what, STEP, condition);
    }
}
