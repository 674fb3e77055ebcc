package dev.rehome.common.queue;

import dev.rehome.common.batch.BatchId;

/**
 * A batch that waits for the bulk update.
 *
 * @param id the batch
 * @param records how many outcomes must stand in the mapping table; 0 when the queue lost what it knew of the batch
 */
public record CopiedBatch(BatchId id, int records) {}
