package dev.rehome.common.queue;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.RunId;
import java.time.Duration;
import java.util.Optional;

/** A consumer's view of the queue. Safe for use by several threads. */
public interface BatchClaimer {
    /**
     * Leases the oldest pending batch; returns at once when there is none.
     *
     * @param run the ledger's latest run. Batches of any other run aren't handed out: the tables may have been dropped, or
     *     another migration of the same name may use this queue
     * @throws Unavailable also while the queue belongs to a migration with other settings; the message names them
     */
    Optional<Claim> claim(RunId run);

    /** Extends a lease. False means that it is lost: stop working on the batch. */
    boolean heartbeat(Lease lease);

    /** How long a lease lasts without a heartbeat: the leading producer's value, once a claim or heartbeat has read it. */
    Duration leaseTime();

    /** Reports that every outcome of the batch is committed in the mapping table. */
    CompleteResult complete(Lease lease);

    /**
     * Returns an unfinished batch to pending.
     *
     * @param counts whether the attempt counts; a clean stop doesn't. After the last attempt that counts the batch becomes a
     *     dead letter
     * @return false when the lease was already lost
     */
    boolean release(Lease lease, boolean counts);
}
