package dev.rehome.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A point in time up to which something is waited for, and the waiting. */
final class Deadline {
    private static final Duration STEP = Duration.ofMillis(10);

    private final long endNanos;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    boolean passed() {
        return endNanos - System.nanoTime() <= 0;
    }

    /**
     * Waits for a moment between two looks at something.
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
