package dev.rehome.common.queue;

/** The queue's answer to a producer that publishes a batch. */
public enum PublishResult {
    /** The batch is pending and the scan position stands behind it. */
    PUBLISHED,
    /** An earlier call had published it: its answer was lost. */
    ALREADY_PUBLISHED,
    /** As many batches are open as may be: wait. Nothing changed. */
    FULL,
    /** Another producer leads, or the queue lost its data: lead again. Nothing changed. */
    FENCED
}
