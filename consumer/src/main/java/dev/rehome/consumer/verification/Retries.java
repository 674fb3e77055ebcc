package dev.rehome.consumer.verification;

import dev.rehome.common.Unavailable;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.MonotonicClock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Repeats calls of a service that is unavailable. Safe for use by any thread; blocks it.
 *
 * @param pause waits
 */
record Retries(MonotonicClock clock, Consumer<Duration> pause) {
    /** How long a service may be unavailable. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

    /** Decides after a failure whether to give up. */
    interface Limit {
        boolean isReached(int failures, Duration elapsed, Unavailable failure);
    }

    /**
     * Calls until the call succeeds or the limit is reached.
     *
     * @throws Unavailable the last failure
     */
    <T> T call(Supplier<T> call, Limit limit) {
        Duration start = clock.now();
        for (int failures = 1; ; failures++) {
            try {
                return call.get();
            } catch (Unavailable failure) {
                if (limit.isReached(failures, clock.now().minus(start), failure)) {
                    throw failure;
                }
                pause.accept(BACKOFF.delay(failures, ThreadLocalRandom.current()));
            }
        }
    }

    static boolean isOverdue(Duration elapsed) {
        return elapsed.compareTo(PATIENCE) >= 0;
    }
}
