package dev.rehome.common;

/**
 * A service refuses permanently: a missing right, a missing table, a value that doesn't fit. Repeating the call won't
 * help; the message says what was expected and what to do.
 */
public final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Rejected(String message, Throwable cause) {
        super(message, cause);
    }

    public Rejected(String message) {
        super(message);
    }
}
