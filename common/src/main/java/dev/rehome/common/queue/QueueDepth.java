package dev.rehome.common.queue;

/**
 * How many batches stand where, for showing and for back-pressure; never a reason to call the migration complete.
 *
 * @param pending published, not claimed
 * @param leased in flight
 * @param copied waiting for the bulk update
 * @param dead set aside after the last attempt
 * @param open all unfinished
 */
public record QueueDepth(long pending, long leased, long copied, long dead, long open) {}
