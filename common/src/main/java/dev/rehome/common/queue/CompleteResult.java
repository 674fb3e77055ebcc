package dev.rehome.common.queue;

/** The queue's answer to a consumer that reports a batch complete. */
public enum CompleteResult {
    /** The batch now waits for the bulk update. */
    DONE,
    /** An earlier call of the same lease had completed it: its answer was lost. */
    ALREADY_DONE,
    /** The lease is another's by now, or the batch is gone; nothing changed. */
    LOST
}
