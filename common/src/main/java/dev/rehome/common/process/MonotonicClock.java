package dev.rehome.common.process;

import java.time.Duration;

/**
 * Elapsed time. Unlike the wall clock it never jumps and never goes back. Tests move it by hand. Safe for use by any thread.
 */
@FunctionalInterface
public interface MonotonicClock {
    /** The time since an arbitrary fixed moment: only differences have a meaning. */
    Duration now();

    /** The JVM's clock, {@link System#nanoTime}. */
    static MonotonicClock system() {
        long origin = System.nanoTime();
        return () -> Duration.ofNanos(System.nanoTime() - origin);
    }
}
