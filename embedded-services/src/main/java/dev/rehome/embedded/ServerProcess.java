package dev.rehome.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a server's program. Ends with this JVM if the JVM can run its shutdown hooks. */
final class ServerProcess {
    // The shell writes its own id and then becomes the server, so the server never runs unrecorded. SIGXFSZ is ignored
    // so that a file that reaches its size limit is an error for the server, like a full disk, and doesn't kill it.
    private static final List<String> RECORDED =
            List.of("/bin/sh", "-c", "trap '' XFSZ; echo $$ > \"$1\"; shift; exec \"$@\"", "start");
    private static final Duration GRACE_AT_EXIT = Duration.ofSeconds(5);

    private final Process process;
    private final Path pidFile;
    private final Thread exitHook;

    private ServerProcess(Process process, Path pidFile) {
        this.process = process;
        this.pidFile = pidFile;
        this.exitHook = new Thread(() -> end(GRACE_AT_EXIT), "end-" + process.pid());
    }

    /**
     * Starts a program in the directory; its output is appended to the directory's log.
     *
     * @param command the program's path and its arguments
     * @param input where its standard input comes from
     */
    static ServerProcess start(ServerDirectory directory, List<String> command, Redirect input) throws IOException {
        List<String> recorded = new ArrayList<>(RECORDED);
        recorded.add(directory.pidFile().toString());
        recorded.addAll(command);
        Process process = new ProcessBuilder(recorded)
                .directory(directory.root().toFile())
                .redirectInput(input)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(directory.log().toFile()))
                .start();
        ServerProcess server = new ServerProcess(process, directory.pidFile());
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

    void kill() {
        end(Duration.ZERO);
        forget();
    }

    /** Sends SIGTERM, and SIGKILL when the grace period is over. */
    void stop(Duration grace) {
        end(grace);
        forget();
    }

    void signal(String name) {
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid()).start();
            if (shell.waitFor() != 0) {
                throw new ServerFailedException("no process " + pid() + " to send " + name + " to");
            }
        } catch (IOException failure) {
            throw new ServerFailedException("cannot send " + name + " to " + pid(), failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new ServerFailedException("interrupted while sending " + name, interrupt);
        }
    }

    private void end(Duration grace) {
        boolean interrupted = false;
        try {
            if (process.isAlive() && !grace.isZero()) {
                signal("CONT"); // a frozen process handles no signal but SIGKILL
                process.destroy();
                process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupt) {
            interrupted = true;
        } catch (ServerFailedException gone) {
            // It ended before the signal, or cannot be signalled: SIGKILL below ends it.
        }
        process.destroyForcibly();
        process.onExit().join();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException exiting) {
            // The hook runs or has run; nothing is left to remove.
        }
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException failure) {
            throw new ServerFailedException("cannot delete " + pidFile, failure);
        }
    }
}
