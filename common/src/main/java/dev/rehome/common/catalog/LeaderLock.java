package dev.rehome.common.catalog;

import java.time.Duration;

/**
 * The lock that makes one producer the leader of a migration. The connection that holds it is the one that updates the
 * catalog: if the connection is lost, the lock and the uncommitted update are lost together. For use by one thread at a
 * time.
 */
public interface LeaderLock extends AutoCloseable {
    /** Takes the lock, waiting at most {@code atMost}. Returns true also when this producer already holds it. */
    boolean acquire(Duration atMost);

    /** Releases the lock; it can be acquired again. */
    @Override
    void close();
}
