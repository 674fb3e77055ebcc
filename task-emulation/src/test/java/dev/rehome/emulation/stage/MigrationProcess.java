package dev.rehome.emulation.stage;

import dev.rehome.emulation.process.ChildProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A producer or consumer as a process, with its log in a file. Safe for use by several threads. */
public final class MigrationProcess implements AutoCloseable {
    private static final Duration SIGNAL = Duration.ofSeconds(10);

    private final String name;
    private final Path log;
    private final Process process;

    MigrationProcess(String name, List<String> command, Map<String, String> environment, Path log) {
        this.name = name;
        this.log = log;
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
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

    /** Whether it runs; a frozen one does. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        exitCode(SIGNAL);
    }

    /** SIGSTOP. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    /** SIGTERM; doesn't wait. */
    public void terminate() {
        process.destroy();
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for its end and answers the exit code; fails with its log when it takes longer. */
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

    /** All that it has logged and printed. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Waits until it has logged the text. */
    public void awaitLog(String text) {
        Patience.until(name + " logs '" + text + "'", () -> log().contains(text));
    }

    /** The end of its log. */
    public String tail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
    }

    /** Ends it however it is. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
