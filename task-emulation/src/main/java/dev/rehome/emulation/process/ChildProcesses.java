package dev.rehome.emulation.process;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Processes that don't outlive this JVM, be it ended by a signal before those who started them could end them: one left
 * over would go on working, on servers that are another's by then. Static, as the end of the JVM is. Safe for use by
 * several threads.
 */
public final class ChildProcesses {
    private static final Set<Process> STARTED = new HashSet<>();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ChildProcesses::end, "ending the processes"));
    }

    private ChildProcesses() {}

    /** Starts one, which is killed with this JVM if it still runs then. */
    public static synchronized Process start(ProcessBuilder builder) throws IOException {
        if (ending) {
            throw new IllegalStateException("this JVM ends");
        }
        STARTED.removeIf(process -> !process.isAlive());
        Process process = builder.start();
        STARTED.add(process);
        return process;
    }

    private static synchronized void end() {
        ending = true;
        STARTED.forEach(Process::destroyForcibly);
    }
}
