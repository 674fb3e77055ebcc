package dev.rehome.embedded;

import java.io.Serial;

/** A server could not be started, or didn't answer in time. The message ends with the tail of the server's log. */
public final class ServerFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param message what failed and where to look
     */
    public ServerFailedException(String message) {
        super(message);
    }

    /**
     * @param message what failed and where to look
     * @param cause the failure underneath
     */
    public ServerFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
