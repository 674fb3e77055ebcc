package dev.rehome.emulation.process;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One task of an ECS service: a process that is started again whenever it ends before it is done. The owner calls {@link
 * #poll} regularly, which restarts it. Safe for use by several threads.
 */
public final class RestartedProcess implements AutoCloseable {
    private static final Duration STOP_GRACE = Duration.ofSeconds(35);

    /** The exit code of a process that Ctrl-C has ended. */
    private static final int INTERRUPTED = 130;

    private final Supplier<MigrationProcess> start;
    private final Set<Integer> finalCodes;
    private final Consumer<String> notes;
    private final long started = System.nanoTime();
    private MigrationProcess process;
    private ResourceUse earlier = ResourceUse.NONE;
    private ResourceUse present = ResourceUse.NONE;
    private Duration ran;

    /**
     * Starts the process.
     *
     * @param finalCodes exit codes after which it is done
     * @param notes gets a line for each restart
     */
    public RestartedProcess(Supplier<MigrationProcess> start, Set<Integer> finalCodes, Consumer<String> notes) {
        this.start = start;
        this.finalCodes = Set.copyOf(finalCodes);
        this.notes = notes;
        this.process = start.get();
    }

    /** Measures the process, and starts it again if it has ended before it was done. */
    public synchronized void poll() {
        if (isDone()) {
            return;
        }
        if (process.isAlive()) {
            present = present.atLeast(ResourceUse.of(process.pid()));
        } else if (finalCodes.contains(process.exitCode())) {
            ran = sinceStart();
        } else {
            // Ctrl-C signals all processes of the terminal; this JVM may handle it later than the child did.
            if (ChildProcesses.isEnding() || process.exitCode() == INTERRUPTED) {
                return;
            }
            notes.accept("  " + process.name() + " ended with exit code " + process.exitCode() + "; restarting it");
            restart();
        }
    }

    /** Kills the process if it runs, and starts another in its place even if it was done. */
    public synchronized void replace() {
        process.close();
        ran = null;
        restart();
    }

    private void restart() {
        earlier = earlier.plus(present);
        present = ResourceUse.NONE;
        process = start.get();
    }

    /** Whether the process has ended with a final exit code. */
    public synchronized boolean isDone() {
        return ran != null;
    }

    /** The current process, or the last one. */
    public synchronized MigrationProcess process() {
        return process;
    }

    /** The resources that all its processes have used together. */
    public synchronized ResourceUse use() {
        return earlier.plus(present);
    }

    /** The time from the first start to the end, or to now. */
    public synchronized Duration ran() {
        return isDone() ? ran : sinceStart();
    }

    private Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Stops the process if it runs, with SIGTERM first. */
    @Override
    public synchronized void close() {
        if (process.isAlive()) {
            process.stop(STOP_GRACE);
        }
    }
}
