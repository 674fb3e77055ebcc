package dev.rehome.embedded;

/**
 * A server in a process of its own that can be killed, frozen and restarted. Safe for use by several threads; the
 * calls to one server are serialised.
 */
public interface EmbeddedServer extends AutoCloseable {
    /** The TCP port on 127.0.0.1. It survives {@link #kill} and {@link #restart}. */
    int port();

    /**
     * The id of the server's process; changes with each start.
     *
     * @throws IllegalStateException between {@link #kill} and {@link #restart}, and after {@link #close}
     */
    long pid();

    /** Kills the process (SIGKILL) and waits until it is gone. Does nothing when it is gone already. */
    void kill();

    /**
     * Stops the process if it runs, and starts it on the same directory and port. Returns when it responds.
     *
     * @throws ServerFailedException when it doesn't start; the server is down then and may be restarted
     * @throws IllegalStateException after {@link #close}
     */
    void restart();

    /**
     * Freezes the process (SIGSTOP): connections stay open, and no request gets a response.
     *
     * @throws IllegalStateException as {@link #pid}
     */
    void freeze();

    /**
     * Resumes a frozen process (SIGCONT); does nothing to a running one.
     *
     * @throws IllegalStateException as {@link #pid}
     */
    void thaw();

    /** Stops the process with SIGTERM, frozen or not, and releases the directory. A second call does nothing. */
    @Override
    void close();
}
