package dev.rehome.consumer;

import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.Lease;
import java.time.Duration;

/** A batch that this consumer works on, and whether it may. Safe for use by any thread. */
final class ActiveLease {
    private final Lease lease;
    private final MonotonicClock clock;
    private volatile Duration validUntil;
    private volatile boolean cancelled;
    private volatile boolean lost;

    ActiveLease(Lease lease, MonotonicClock clock, Duration validUntil) {
        this.lease = lease;
        this.clock = clock;
        this.validUntil = validUntil;
    }

    Lease lease() {
        return lease;
    }

    /** Whether the work is to end as soon as possible. */
    boolean isCancelled() {
        return cancelled;
    }

    /**
     * Whether the lease is certain to last, so that copies may be started. A process that was suspended for longer than
     * a lease doesn't start what another consumer may have finished by now; it waits for the next heartbeat's result.
     */
    boolean isCertain() {
        return clock.now().compareTo(validUntil) < 0;
    }

    void cancel() {
        cancelled = true;
    }

    /** Whether the queue has said that another consumer has the lease. */
    boolean isLost() {
        return lost;
    }

    void lose() {
        lost = true;
        cancelled = true;
    }

    /** The queue has extended the lease. */
    void extendUntil(Duration time) {
        validUntil = time;
    }
}
