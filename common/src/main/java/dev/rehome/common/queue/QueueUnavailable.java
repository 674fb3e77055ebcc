package dev.rehome.common.queue;

/** The queue can't answer now. Waiting and repeating the call is right; it may have happened already. */
public final class QueueUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public QueueUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
