package dev.rehome.embedded;

import java.io.Serial;

/** A server couldn't be started or didn't respond in time. The message ends with the tail of the server's log. */
public final class ServerFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public ServerFailedException(String message) {
        super(message);
    }

    public ServerFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
