package dev.rehome.common.process;

import java.time.Duration;

/**
 * Elapsed time that never jumps and never goes back, unlike the wall clock. Tests move it by hand. Safe for use by any
 * thread.
 */
@FunctionalInterface
public interface MonotonicClock {
    /** The time since a fixed moment that means nothing by itself: only differences count. */
    Duration now();

    /** The JVM's own, {@link System#nanoTime}. */
    static MonotonicClock system() {
        long origin = System.nanoTime();
        return () -> Duration.ofNanos(System.nanoTime() - origin);
    }
}
