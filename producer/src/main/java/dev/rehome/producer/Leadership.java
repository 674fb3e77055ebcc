package dev.rehome.producer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether this producer holds the leader lock, for the roles that don't hold it themselves. Each time the lock is taken,
 * a new term begins. Safe for use by any thread.
 */
final class Leadership {
    private static final long NONE = 0;

    private final AtomicLong terms = new AtomicLong();
    private volatile long term = NONE;

    /** The lock is held. Repeatable. */
    void taken() {
        if (term == NONE) {
            term = terms.incrementAndGet();
        }
    }

    /** The lock is held, but the queue has another leader: begins a new term, in which publishing leads the queue again. */
    void renew() {
        if (term != NONE) {
            term = terms.incrementAndGet();
        }
    }

    /** The lock is lost, or it isn't known whether it is. */
    void lost() {
        term = NONE;
    }

    /** The current term, from 1; 0 while the lock isn't held. */
    long term() {
        return term;
    }
}
