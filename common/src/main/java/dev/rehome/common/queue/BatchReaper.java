package dev.rehome.common.queue;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import java.util.List;
import java.util.Optional;

/** The recovery view: expired leases, dead letters, inconsistent entries. Safe for use by several threads. */
public interface BatchReaper {
    /**
     * Returns batches with expired leases to pending, or makes them dead letters after their last attempt.
     *
     * <p>Does nothing during the first lease time after the queue started: heartbeats could not arrive before.
     */
    Recovered recover();

    /**
     * Returns open ids that are in no container to pending, and drops ids without a batch.
     *
     * @return how many entries it repaired
     */
    int reconcile();

    /** The dead letters, oldest first, at most {@code limit}. */
    List<BatchId> dead(int limit);

    /** The batch of a dead letter; empty when its payload is missing. */
    Optional<Batch> payload(BatchId batch);

    /**
     * Replaces a dead letter by its parts, as new pending batches, in one step.
     *
     * @return false when it isn't a dead letter any more
     */
    boolean split(BatchId dead, List<Batch> parts);

    /**
     * The batches that one round of recovery moved.
     *
     * @param toPending returned to pending
     * @param toDead made dead letters after their last attempt
     */
    record Recovered(int toPending, int toDead) {}
}
