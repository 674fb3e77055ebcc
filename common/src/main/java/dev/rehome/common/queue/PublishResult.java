package dev.rehome.common.queue;

/** The result of publishing a batch. */
public enum PublishResult {
    /** The batch is pending, and the scan position is advanced. */
    PUBLISHED,
    /** An earlier call published it, and its response was lost. */
    ALREADY_PUBLISHED,
    /** The limit of open batches is reached: try later. Nothing changed. */
    FULL,
    /** Another producer leads, or the queue lost its data: lead again. Nothing changed. */
    FENCED
}
