package dev.rehome.common.process;

import dev.rehome.common.Unavailable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Repeats calls while a service is unavailable. Safe for use by any thread; blocks it.
 *
 * @param backoff the waits between two calls
 * @param clock measures for how long calls have failed
 * @param pause waits; true if the caller gives up, because the process stops or the thread is interrupted
 */
public record Retries(Backoff backoff, MonotonicClock clock, Predicate<Duration> pause) {
    /** Decides after a failure whether to give up. */
    @FunctionalInterface
    public interface Limit {
        /** {@code elapsed}: the time since the first call began. */
        boolean isReached(int failures, Duration elapsed, Unavailable failure);
    }

    /** Waits by sleeping. */
    public Retries(Backoff backoff, MonotonicClock clock) {
        this(backoff, clock, Retries::sleep);
    }

    /**
     * Calls until the call succeeds, the limit is reached or the pause says to give up.
     *
     * @throws Unavailable the last failure
     */
    public <T> T call(Supplier<T> call, Limit limit) {
        Duration start = clock.now();
        for (int failures = 1; ; failures++) {
            try {
                return call.get();
            } catch (Unavailable failure) {
                if (limit.isReached(failures, clock.now().minus(start), failure)) {
                    throw failure;
                }
                if (pause.test(backoff.delay(failures, ThreadLocalRandom.current()))) {
                    throw failure;
                }
            }
        }
    }

    /** Calls until the call succeeds, calls have failed for this long, or the pause says to give up. */
    public <T> T call(Supplier<T> call, Duration atMost) {
        return call(call, (failures, elapsed, failure) -> elapsed.compareTo(atMost) >= 0);
    }

    private static boolean sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
