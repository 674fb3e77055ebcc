package dev.rehome.emulation.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A producer or consumer in a process of its own, which can be killed and frozen. Safe for use by several threads. */
public final class MigrationProcess extends MigrationProgram {
    private final Process process;

    /** Starts it with exactly this environment. */
    public MigrationProcess(String name, List<String> command, Map<String, String> environment, Path log) {
        super(name, log);
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

    /** The id of the process. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs; a frozen process does. */
    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGKILL and waits until the process is gone. */
    public void kill() {
        process.destroyForcibly();
        exitCode(Await.STEP);
    }

    /** Sends SIGSTOP. */
    public void freeze() {
        signal("STOP");
    }

    /** Sends SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    @Override
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
                throw new IllegalStateException(
                        "can't send SIG" + signal + " to " + name() + ": process " + pid() + " has ended");
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int exitCode() {
        return process.exitValue();
    }

    @Override
    protected boolean awaitEnd(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Kills it if it runs. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
