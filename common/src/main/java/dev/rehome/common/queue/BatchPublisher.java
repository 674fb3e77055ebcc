package dev.rehome.common.queue;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import java.util.List;

/** The producer's view of the queue. Safe for use by several threads of the one leading producer. */
public interface BatchPublisher {
    /**
     * Makes this producer the leader: from now on the queue refuses what an earlier leader publishes or finishes.
     *
     * <p>Leadership itself is decided by the catalog's lock; this fences off one that lost it.
     *
     * @return what the queue remembers of the scan; nothing after a loss of its data
     */
    ScanState lead();

    /** Begins a pass at the start of the table; answers false when another leads. */
    boolean beginPass(long pass);

    /**
     * Puts a batch on the queue together with the new scan position, both or neither.
     *
     * @param position the key behind which the scan goes on once this batch is published
     */
    PublishResult publish(Batch batch, RowKey position, long pass);

    /** The batches whose outcomes are all recorded, oldest first, at most {@code limit}. They stay where they are. */
    List<CopiedBatch> copied(int limit);

    /** Forgets a batch that is applied or that has nothing left to do; repeatable. Answers false when another leads. */
    boolean finish(BatchId batch);

    /** Gives a copied batch back to the consumers, because outcomes that should be there are missing. */
    void requeue(BatchId batch, String reason);

    /** How many batches stand where. */
    QueueDepth depth();
}
