package dev.rehome.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server in a process of its own that can be killed, frozen and restarted. Each subclass supplies the command and a check
 * whether the server is ready. Safe for use by several threads; the calls to one server are serialised.
 */
public abstract class EmbeddedServer implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private final ServerDirectory directory;
    private final int port;
    private ServerProcess process;
    private boolean closed;

    EmbeddedServer(ServerDirectory directory) {
        this.directory = directory;
        this.port = FreePort.find();
    }

    /** The server's program. */
    abstract Path program();

    /** Prepares the directory for the program and returns the program's arguments. */
    abstract List<String> prepare() throws IOException;

    /** Whether the server responds. Polled during the start; an exception counts as no. */
    abstract boolean isReady() throws IOException;

    /** Writes to the program's standard input. */
    void instruct(ServerProcess started) throws IOException {}

    /** Runs when the server responds, before callers can use it. */
    void settle(Deadline deadline) throws IOException {}

    Redirect input() {
        return Redirect.from(Path.of("/dev/null").toFile());
    }

    final ServerDirectory directory() {
        return directory;
    }

    /** Starts the server for the first time; releases the directory if that fails. */
    final synchronized void open() {
        try {
            launch();
        } catch (RuntimeException failure) {
            closed = true;
            directory.close();
            throw failure;
        }
    }

    final void launch() {
        ServerProcess started = null;
        try {
            List<String> command = new ArrayList<>(prepare());
            command.add(0, program().toString());
            started = ServerProcess.start(directory, command, input());
            instruct(started);
            Deadline deadline = Deadline.in(START_TIMEOUT);
            awaitReady(started, deadline);
            settle(deadline);
            process = started;
        } catch (IOException | RuntimeException failure) {
            if (started != null) {
                started.stop(Duration.ZERO);
            }
            throw new ServerFailedException(
                    program() + " didn't start: " + failure.getMessage() + "\n" + directory.logTail(), failure);
        }
    }

    private void awaitReady(ServerProcess started, Deadline deadline) {
        while (true) {
            if (!started.isAlive()) {
                throw new ServerFailedException("the process has ended");
            }
            if (deadline.passed()) {
                throw new ServerFailedException("no response on port " + port + " within " + START_TIMEOUT);
            }
            try {
                if (isReady()) {
                    return;
                }
            } catch (IOException notYet) {
                // The port isn't open yet, or the server dropped the connection because it isn't ready.
            }
            deadline.pause();
        }
    }

    final void stop() {
        end(STOP_GRACE);
    }

    private void end(Duration grace) {
        if (process != null) {
            process.stop(grace);
            process = null;
        }
    }

    final void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the server is closed: it can't be started again");
        }
    }

    private ServerProcess running() {
        if (process == null) {
            throw new IllegalStateException("the server isn't running: restart it first");
        }
        return process;
    }

    /** The TCP port on 127.0.0.1. It survives {@link #kill} and {@link #restart}. */
    public final int port() {
        return port;
    }

    /**
     * The id of the server's process; changes with each start.
     *
     * @throws IllegalStateException between {@link #kill} and {@link #restart}, and after {@link #close}
     */
    public final synchronized long pid() {
        return running().pid();
    }

    /** Kills the process (SIGKILL) and waits until it is gone. Does nothing when it is gone already. */
    public final synchronized void kill() {
        end(Duration.ZERO);
    }

    /**
     * Stops the process if it runs, and starts it on the same directory and port. Returns when it responds.
     *
     * @throws ServerFailedException when it doesn't start; the server is down then and may be restarted
     * @throws IllegalStateException after {@link #close}
     */
    public final synchronized void restart() {
        requireOpen();
        stop();
        launch();
    }

    /**
     * Freezes the process (SIGSTOP): connections stay open, and no request gets a response.
     *
     * @throws IllegalStateException as {@link #pid}
     */
    public final synchronized void freeze() {
        running().signal("STOP");
    }

    /**
     * Resumes a frozen process (SIGCONT); does nothing to a running one.
     *
     * @throws IllegalStateException as {@link #pid}
     */
    public final synchronized void thaw() {
        running().signal("CONT");
    }

    /** Stops the process with SIGTERM, frozen or not, and releases the directory. A second call does nothing. */
    @Override
    public final synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                stop();
            } finally {
                directory.close();
            }
        }
    }
}
