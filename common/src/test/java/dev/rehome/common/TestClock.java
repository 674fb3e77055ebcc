package dev.rehome.common;

import dev.rehome.common.process.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves by hand. Safe for use by any thread. */
public final class TestClock implements InstantSource, MonotonicClock {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Duration now() {
        return Duration.between(START, now);
    }

    /** Moves time on. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }
}
