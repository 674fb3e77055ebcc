package dev.rehome.common.queue;

/** The result of reporting a batch complete. */
public enum CompleteResult {
    /** The batch now waits for the bulk UPDATE. */
    DONE,
    /** An earlier call under the same lease completed it, and its response was lost. */
    ALREADY_DONE,
    /** Another consumer holds the lease, or the batch is gone; nothing changed. */
    LOST
}
