package dev.rehome.common;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves by hand. Safe for use by any thread. */
public final class TestClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves time on. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }
}
