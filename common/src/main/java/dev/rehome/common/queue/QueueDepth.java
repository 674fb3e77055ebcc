package dev.rehome.common.queue;

/**
 * The number of batches in each container, for display and back-pressure; never a reason to call the migration complete.
 *
 * @param pending published, not claimed
 * @param leased in flight
 * @param copied waiting for the bulk UPDATE
 * @param dead dead letters
 * @param open all unfinished batches
 */
public record QueueDepth(long pending, long leased, long copied, long dead, long open) {}
