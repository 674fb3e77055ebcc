package dev.rehome.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a server's program. Ends with this JVM if the JVM can run its shutdown hooks. */
final class ServerProcess {
    // Ignores SIGXFSZ, so that a file at its size limit is an error for the server, like a full disk, and doesn't kill
    // it. Then
    // the shell is replaced by the server.
    private static final List<String> START = List.of("/bin/sh", "-c", "trap '' XFSZ; exec \"$@\"", "start");

    private static final Duration GRACE_AT_EXIT = Duration.ofSeconds(5);

    private final Process process;
    private final Thread exitHook;

    private ServerProcess(Process process) {
        this.process = process;
        this.exitHook = new Thread(() -> end(GRACE_AT_EXIT), "end-" + process.pid());
    }

    /**
     * Starts a program in the directory; its output is appended to the directory's log.
     *
     * @param command the program's path and its arguments
     * @param input where its standard input comes from
     */
    static ServerProcess start(ServerDirectory directory, List<String> command, Redirect input) throws IOException {
        List<String> all = new ArrayList<>(START);
        all.addAll(command);
        Process process = new ProcessBuilder(all)
                .directory(directory.root().toFile())
                .redirectInput(input)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(directory.log().toFile()))
                .start();
        ServerProcess server = new ServerProcess(process);
        try {
            Runtime.getRuntime().addShutdownHook(server.exitHook);
        } catch (IllegalStateException exiting) {
            process.destroyForcibly();
            throw exiting;
        }
        return server;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The process; its standard input can be written to if it was started with a pipe. */
    Process process() {
        return process;
    }

    /** Sends SIGTERM, and SIGKILL when the grace period is over; without one, SIGKILL at once. */
    void stop(Duration grace) {
        end(grace);
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException exiting) {
            // The hook runs or has run; nothing is left to remove.
        }
    }

    void signal(String name) {
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid()).start();
            if (shell.waitFor() != 0) {
                throw new ServerFailedException("can't send SIG" + name + ": process " + pid() + " has ended");
            }
        } catch (IOException failure) {
            throw new ServerFailedException("can't send SIG" + name + " to process " + pid(), failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new ServerFailedException("interrupted while sending " + name, interrupt);
        }
    }

    private void end(Duration grace) {
        boolean interrupted = false;
        try {
            if (process.isAlive() && !grace.isZero()) {
                signal("CONT"); // a frozen process handles only SIGKILL
                process.destroy();
                process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupt) {
            interrupted = true;
        } catch (ServerFailedException gone) {
            // It has ended, or can't be signalled, in which case SIGKILL below ends it.
        }
        process.destroyForcibly();
        process.onExit().join();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
