package dev.rehome.common.process;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The wait before a call is repeated. It doubles with each failure up to a limit; jitter keeps many callers from retrying at
 * the same moment. Immutable.
 *
 * @param first the wait after the first failure
 * @param longest the limit
 */
public record Backoff(Duration first, Duration longest) {
    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("Expected 0 < first <= longest, got " + first + " and " + longest);
        }
    }

    /** The wait after that many failures in a row, without jitter. */
    public Duration delay(int failures) {
        Duration wait = first;
        for (int doubled = 1; doubled < failures && wait.compareTo(longest) < 0; doubled++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    /** The wait with jitter: between half of it and all of it. */
    public Duration delay(int failures, RandomGenerator random) {
        long whole = delay(failures).toNanos();
        return Duration.ofNanos(whole - random.nextLong(whole / 2 + 1));
    }
}
