package dev.rehome.common.process;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a call is repeated: doubles with each attempt up to a limit, and a random half of it is taken
 * off, so that many waiting callers don't return at the same moment. Immutable.
 *
 * @param first before the first repetition
 * @param longest the limit
 */
public record Backoff(Duration first, Duration longest) {
    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("Expected 0 < first <= longest, got " + first + " and " + longest);
        }
    }

    /** The wait after a number of failed attempts, from 1, without jitter. */
    public Duration delay(int failures) {
        Duration wait = first;
        for (int doubled = 1; doubled < failures && wait.compareTo(longest) < 0; doubled++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    /** The same with jitter: between half of it and all of it. */
    public Duration delay(int failures, RandomGenerator random) {
        long whole = delay(failures).toNanos();
        return Duration.ofNanos(whole - random.nextLong(whole / 2 + 1));
    }
}
