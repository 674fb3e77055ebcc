package dev.rehome.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts, stops, kills and freezes the process of a server; each server's class supplies its command and its check. */
abstract class SupervisedServer implements EmbeddedServer {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private final ServerDirectory directory;
    private final int port;
    private ServerProcess process;
    private boolean closed;

    SupervisedServer(ServerDirectory directory) {
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
            List<String> command = new ArrayList<>();
            List<String> arguments = prepare();
            command.add(program().toString());
            command.addAll(arguments);
            started = ServerProcess.start(directory, command, input());
            instruct(started);
            Deadline deadline = Deadline.in(START_TIMEOUT);
            awaitReady(started, deadline);
            settle(deadline);
            process = started;
        } catch (IOException | RuntimeException failure) {
            if (started != null) {
                started.kill();
            }
            throw new ServerFailedException(
                    program() + " doesn't start: " + failure.getMessage() + "\n" + directory.logTail(), failure);
        }
    }

    private void awaitReady(ServerProcess started, Deadline deadline) {
        while (true) {
            if (!started.isAlive()) {
                throw new ServerFailedException("the process ended");
            }
            if (deadline.passed()) {
                throw new ServerFailedException("no response on port " + port);
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
        if (process != null) {
            process.stop(STOP_GRACE);
            process = null;
        }
    }

    final void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }

    private ServerProcess running() {
        if (process == null) {
            throw new IllegalStateException("not running");
        }
        return process;
    }

    @Override
    public final int port() {
        return port;
    }

    @Override
    public final synchronized long pid() {
        return running().pid();
    }

    @Override
    public final synchronized void kill() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    @Override
    public final synchronized void restart() {
        requireOpen();
        stop();
        launch();
    }

    @Override
    public final synchronized void freeze() {
        running().signal("STOP");
    }

    @Override
    public final synchronized void thaw() {
        running().signal("CONT");
    }

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
