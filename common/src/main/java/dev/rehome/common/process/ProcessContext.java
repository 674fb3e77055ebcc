package dev.rehome.common.process;

import java.util.Map;

/**
 * What the operating system gives a program: its environment variables, and the signal to stop. The programs receive it
 * instead of reading the JVM's own, so that one JVM can run several of them.
 *
 * @param environment the environment variables
 * @param signal what SIGTERM and Ctrl-C request
 */
public record ProcessContext(Map<String, String> environment, ShutdownSignal signal) {
    /** Copies the variables. */
    public ProcessContext {
        environment = Map.copyOf(environment);
    }

    /** That of this JVM's process. */
    public static ProcessContext ofThisProcess() {
        return new ProcessContext(System.getenv(), ShutdownSignal.ofThisProcess());
    }
}
