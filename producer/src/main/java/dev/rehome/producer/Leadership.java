package dev.rehome.producer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether this producer holds the lock, as its other loops see it. The lock itself is the database's, on the connection
 * that updates. Each time it is taken anew begins a term. Safe for use by any thread.
 */
final class Leadership {
    private static final long NONE = 0;

    private final AtomicLong terms = new AtomicLong();
    private volatile long term = NONE;

    /** The lock is held; repeatable. */
    void taken() {
        if (term == NONE) {
            term = terms.incrementAndGet();
        }
    }

    /** The lock is held, but the queue knows another leader: another term begins, in which it is led anew. */
    void renew() {
        if (term != NONE) {
            term = terms.incrementAndGet();
        }
    }

    /** The lock is not held, or not known to be. */
    void lost() {
        term = NONE;
    }

    /** The present term, from 1; 0 when the lock is not held. */
    long term() {
        return term;
    }
}
