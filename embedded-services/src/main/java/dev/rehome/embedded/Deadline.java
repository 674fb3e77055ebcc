package dev.rehome.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Polls until a point in time. */
final class Deadline {
    private static final Duration STEP = Duration.ofMillis(10);

    private final long endNanos;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean passed() {
        return endNanos - System.nanoTime() <= 0;
    }

    /**
     * Pauses between two polls.
     *
     * @throws ServerFailedException when the thread is interrupted; the interrupt is kept
     */
    void pause() {
        LockSupport.parkNanos(STEP.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new ServerFailedException("interrupted while waiting for a server");
        }
    }
}
