package dev.rehome.emulation.process;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Kills the started processes when this JVM ends, also by a signal: a leftover process would keep working, by then perhaps on
 * the servers of another rehearsal. Static, because a JVM has one set of shutdown hooks. Safe for use by several threads.
 */
public final class ChildProcesses {
    private static final Set<Process> STARTED = new HashSet<>();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ChildProcesses::end, "killing the processes"));
    }

    private ChildProcesses() {}

    /** Starts a process; it is killed when this JVM ends. */
    public static synchronized Process start(ProcessBuilder builder) throws IOException {
        if (ending) {
            throw new IllegalStateException("no process can be started, because this JVM is shutting down");
        }
        STARTED.removeIf(process -> !process.isAlive());
        Process process = builder.start();
        STARTED.add(process);
        return process;
    }

    /** Whether this JVM is shutting down, and the processes with it. */
    static synchronized boolean isEnding() {
        return ending;
    }

    private static synchronized void end() {
        ending = true;
        STARTED.forEach(Process::destroyForcibly);
    }
}
