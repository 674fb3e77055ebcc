package dev.rehome.consumer;

import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.Lease;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The batches that this consumer works on. Safe for use by any thread. */
final class ActiveLeases {
    private final Map<Lease, ActiveLease> active = new ConcurrentHashMap<>();
    private final MonotonicClock clock;

    ActiveLeases(MonotonicClock clock) {
        this.clock = clock;
    }

    /** {@code validUntil}: the time at which the lease expires unless a heartbeat extends it. */
    ActiveLease add(Lease lease, Duration validUntil) {
        ActiveLease added = new ActiveLease(lease, clock, validUntil);
        active.put(lease, added);
        return added;
    }

    void remove(Lease lease) {
        active.remove(lease);
    }

    Collection<ActiveLease> all() {
        return active.values();
    }

    int size() {
        return active.size();
    }

    MonotonicClock clock() {
        return clock;
    }
}
