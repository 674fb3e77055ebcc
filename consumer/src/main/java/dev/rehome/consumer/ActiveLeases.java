package dev.rehome.consumer;

import dev.rehome.common.queue.Lease;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The batches that this consumer works on. Safe for use by any thread. */
final class ActiveLeases {
    /** Work under one lease. */
    static final class Held {
        private final Lease lease;
        private volatile boolean givenUp;
        private volatile boolean lost;

        Held(Lease lease) {
            this.lease = lease;
        }

        Lease lease() {
            return lease;
        }

        /** Whether no further copy may be started. */
        boolean isGivenUp() {
            return givenUp;
        }

        void giveUp() {
            givenUp = true;
        }

        /** Whether the lease is another's by now. */
        boolean isLost() {
            return lost;
        }

        void lose() {
            lost = true;
            givenUp = true;
        }
    }

    private final Map<Lease, Held> held = new ConcurrentHashMap<>();

    Held add(Lease lease) {
        Held added = new Held(lease);
        held.put(lease, added);
        return added;
    }

    void remove(Lease lease) {
        held.remove(lease);
    }

    Collection<Held> all() {
        return held.values();
    }

    int size() {
        return held.size();
    }
}
