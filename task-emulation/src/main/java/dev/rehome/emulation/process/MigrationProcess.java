package dev.rehome.emulation.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A producer or consumer in a process of its own, with its output appended to a file. Safe for use by several threads. */
public final class MigrationProcess implements AutoCloseable {
    private static final Duration SIGNAL = Duration.ofSeconds(10);
    private static final int TAIL_LINES = 25;

    private final String name;
    private final Path log;
    private final Process process;

    /** Starts it with exactly this environment. */
    public MigrationProcess(String name, List<String> command, Map<String, String> environment, Path log) {
        this.name = name;
        this.log = log;
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            this.process = ChildProcesses.start(builder);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Its name, for messages. */
    public String name() {
        return name;
    }

    /** The id of the process. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs; a frozen process does. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGKILL and waits until the process is gone. */
    public void kill() {
        process.destroyForcibly();
        exitCode(SIGNAL);
    }

    /** Sends SIGSTOP. */
    public void freeze() {
        signal("STOP");
    }

    /** Sends SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    /** Sends SIGTERM; doesn't wait. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGTERM, and SIGKILL when the grace period is over; waits until the process is gone. */
    public void stop(Duration grace) {
        terminate();
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException(name + " (process " + pid() + ") has ended: it takes no " + signal);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** The exit code of a process that has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /**
     * Waits for the end of the process and returns its exit code.
     *
     * @throws AssertionError with the end of its log, when the time is up
     */
    public int exitCode(Duration atMost) {
        try {
            if (process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(name + " still runs after " + atMost + "; its log ends with\n" + tail());
    }

    /** Everything that it has logged and printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Waits until it has logged the text. */
    public void awaitLog(String text) {
        Await.until(name + " logs '" + text + "'", () -> log().contains(text));
    }

    /** The end of its log. */
    public String tail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    /** Kills it if it runs. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
