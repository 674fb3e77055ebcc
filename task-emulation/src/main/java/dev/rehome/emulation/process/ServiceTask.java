package dev.rehome.emulation.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One process of a service: the command and environment of its container, its log in a file. A process that dies before
 * it is done is started again, as ECS would. For use by one thread.
 */
public final class ServiceTask implements AutoCloseable {
    private static final Duration STOP_GRACE = Duration.ofSeconds(35);
    private static final int MOST_STARTS = 2_000;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Set<Integer> finalCodes;
    private final Consumer<String> notes;
    private final Instant started = Instant.now();
    private volatile Process process;
    private ResourceUse earlier = ResourceUse.NONE;
    private ResourceUse present = ResourceUse.NONE;
    private Instant ended;
    private int starts;

    /**
     * Makes a task that is not started.
     *
     * @param log the file that its output goes to
     * @param finalCodes exit codes after which it is done
     * @param notes gets a line for each new start
     */
    public ServiceTask(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path log,
            Set<Integer> finalCodes,
            Consumer<String> notes) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.finalCodes = Set.copyOf(finalCodes);
        this.notes = notes;
    }

    /** Starts the process. */
    public void start() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            process = ChildProcesses.start(builder);
            starts++;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Looks at the process: measures it, and starts it again if it died. */
    public void look() {
        if (process == null || ended != null) {
            return;
        }
        if (process.isAlive()) {
            present = present.atLeast(ResourceUse.of(process.pid()));
            return;
        }
        int code = process.exitValue();
        if (finalCodes.contains(code) || starts >= MOST_STARTS) {
            ended = Instant.now();
            return;
        }
        notes.accept("  " + name + " ended with exit code " + code + "; started again, as ECS would");
        earlier = earlier.plus(present);
        present = ResourceUse.NONE;
        start();
    }

    /** Whether it is done. */
    public boolean isDone() {
        return ended != null;
    }

    /** The exit code of a task that is done. */
    public int exitCode() {
        return process.exitValue();
    }

    /** What its processes have used together. */
    public ResourceUse use() {
        return earlier.plus(present);
    }

    /** How long it ran. */
    public Duration ran() {
        return Duration.between(started, ended == null ? Instant.now() : ended);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The process' id. */
    public long pid() {
        return process.pid();
    }

    /** The file with its output. */
    public Path log() {
        return log;
    }

    /** Kills the process at once. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Stops the process in its tracks, or lets it go on. */
    public void freeze(boolean frozen) {
        Signals.send(frozen ? "STOP" : "CONT", process.pid());
    }

    /** Ends the process if it runs: asks first. */
    @Override
    public void close() {
        if (process == null || !process.isAlive()) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
