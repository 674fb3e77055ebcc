package dev.rehome.common.queue;

import dev.rehome.common.batch.BatchId;

/**
 * A batch that waits for the bulk UPDATE.
 *
 * @param id the batch
 * @param records how many outcomes the mapping table must hold; 0 when the queue lost the batch's data
 */
public record CopiedBatch(BatchId id, int records) {}
