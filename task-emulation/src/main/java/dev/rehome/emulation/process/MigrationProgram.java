package dev.rehome.emulation.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A producer or consumer that was started, with its output appended to a file. Safe for use by several threads. */
public abstract class MigrationProgram implements AutoCloseable {
    private static final int TAIL_LINES = 25;

    private final String name;
    private final Path log;

    /** {@code log} is the file of its output; it exists. */
    protected MigrationProgram(String name, Path log) {
        this.name = name;
        this.log = log;
    }

    /** Its name, for messages. */
    public final String name() {
        return name;
    }

    /** Whether it runs. */
    public abstract boolean isAlive();

    /** Requests its end, as SIGTERM does; doesn't wait. */
    public abstract void terminate();

    /** The exit code of a program that has ended. */
    public abstract int exitCode();

    /** Waits for its end; returns whether it has ended within this time. */
    protected abstract boolean awaitEnd(Duration atMost) throws InterruptedException;

    /** Ends it if it runs. */
    @Override
    public abstract void close();

    /**
     * Waits for its end and returns its exit code.
     *
     * @throws AssertionError with the end of its log, when the time is up
     */
    public final int exitCode(Duration atMost) {
        try {
            if (awaitEnd(atMost)) {
                return exitCode();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(name + " is still running after " + atMost + "; its log ends with\n" + tail());
    }

    /** Everything that it has logged and printed so far. */
    public final String log() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Waits until it has logged the text. */
    public final void awaitLog(String text) {
        Await.until(name + " logs '" + text + "'", () -> log().contains(text));
    }

    /** The end of its log. */
    public final String tail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}
