package dev.rehome.common.queue;

import java.util.Optional;

/** A consumer's view of the queue. Safe for use by several threads. */
public interface BatchClaimer {
    /** Takes the oldest pending batch under a lease, at once or not at all; never waits for one. */
    Optional<Claim> claim();

    /** Extends a lease. False means it is lost: stop working on the batch. */
    boolean heartbeat(Lease lease);

    /** Reports that every outcome of the batch is committed in the mapping table. */
    CompleteResult complete(Lease lease);

    /**
     * Gives a batch back unfinished.
     *
     * @param counts whether the attempt counts; a clean stop doesn't. After the last one that counts the batch is set
     *     aside as dead
     * @return false when the lease was lost already
     */
    boolean release(Lease lease, boolean counts);
}
