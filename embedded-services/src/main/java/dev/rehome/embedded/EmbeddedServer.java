package dev.rehome.embedded;

/**
 * A server in a process of its own that can be crashed, frozen and started again. Safe for use by several threads; the
 * calls on one server run one after the other.
 */
public interface EmbeddedServer extends AutoCloseable {
    /** The TCP port on 127.0.0.1. Stays the same over {@link #kill} and {@link #restart}. */
    int port();

    /**
     * The id of the server's process; changes with each start.
     *
     * @throws IllegalStateException between {@link #kill} and {@link #restart}, and after {@link #close}
     */
    long pid();

    /** Ends the process at once (SIGKILL) and waits until it is gone. Does nothing when it is gone already. */
    void kill();

    /**
     * Stops the process if it runs, and starts it on the same directory and port. Returns when it answers.
     *
     * @throws ServerFailedException when it doesn't come up; the server is down then and may be restarted
     * @throws IllegalStateException after {@link #close}
     */
    void restart();

    /**
     * Stops the process in its tracks (SIGSTOP): connections stay open and nothing answers.
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

    /** Stops the process in an orderly way, frozen or not, and lets go of the directory. A second call does nothing. */
    @Override
    void close();
}
