package dev.rehome.common;

/**
 * A service that we depend on can't do this now: deadlock, failover, lost connection, throttling. The call may or may
 * not have taken effect. Every call of our contracts may be repeated.
 */
public class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public Unavailable(String message) {
        super(message);
    }
}
