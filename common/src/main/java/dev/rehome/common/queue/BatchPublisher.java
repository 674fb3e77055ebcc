package dev.rehome.common.queue;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import java.util.List;
import java.util.Optional;

/** The producer's view of the queue. Safe for use by several threads of the one leading producer. */
public interface BatchPublisher {
    /**
     * Makes this producer the leader: from now on the queue rejects calls of earlier leaders. The catalog's lock decides
     * who leads; this only fences off a producer that lost the lock.
     *
     * <p>Batches of another run of this migration are dropped: their records are found again by the scan.
     *
     * @return the scan state that the queue holds; nothing after it lost its data or held another run
     * @throws Rejected when the queue belongs to another migration of the same name, with the settings that differ
     */
    ScanState lead(RunId run);

    /** The reason why {@link #lead} would be rejected; empty when it wouldn't. Changes nothing. */
    Optional<String> refusal();

    /** Begins a pass at the start of the table. Returns false when another producer leads. */
    boolean beginPass(long pass);

    /**
     * Puts a batch on the queue together with the new scan position, both or neither.
     *
     * @param position the row key after which the scan continues once this batch is published
     */
    PublishResult publish(Batch batch, RowKey position, long pass);

    /**
     * The batches whose outcomes are all recorded, oldest first, at most {@code limit}. They stay in the queue. Empty until
     * this producer leads; batches of another run aren't among them.
     */
    List<CopiedBatch> copied(int limit);

    /** Deletes a batch that is applied or has nothing left to do. Repeatable. Returns false when another producer leads. */
    boolean finish(BatchId batch);

    /** Returns a copied batch to pending because some of its outcomes are missing. */
    void requeue(BatchId batch, String reason);

    /** The number of batches in each container. */
    QueueDepth depth();

    /** The number of records that were published in the run, and of those that wait for the bulk UPDATE. */
    RecordCounts records();
}
