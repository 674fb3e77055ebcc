package dev.rehome.common.queue;

/**
 * Records in the queue, for display.
 *
 * @param published the records of all batches that were published in the run, as far as the queue remembers: it starts from 0
 *     after it lost its data
 * @param copied the records of the batches that wait for the bulk UPDATE
 */
public record RecordCounts(long published, long copied) {}
