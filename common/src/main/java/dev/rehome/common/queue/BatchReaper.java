package dev.rehome.common.queue;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import java.util.List;
import java.util.Optional;

/** The view of recovery: expired leases, dead letters, lost ids. Safe for use by several threads. */
public interface BatchReaper {
    /**
     * Returns batches with expired leases to pending, or to dead after the last attempt.
     *
     * <p>Does nothing within one lease of a start of the queue: heartbeats could not arrive while it was away.
     */
    Recovered recover();

    /** Returns open ids that stand in no container to pending, and drops ids that have no batch. Answers how many. */
    int reconcile();

    /** The dead letters, oldest first, at most {@code limit}. */
    List<BatchId> dead(int limit);

    /** The batch of a dead letter; empty when its payload is gone. */
    Optional<Batch> payload(BatchId batch);

    /** Replaces a dead letter by its parts, as fresh pending batches, in one step. False when it is dead no more. */
    boolean split(BatchId dead, List<Batch> parts);

    /**
     * What one round of recovery moved.
     *
     * @param toPending batches given back to the consumers
     * @param toDead batches set aside after their last attempt
     */
    record Recovered(int toPending, int toDead) {}
}
