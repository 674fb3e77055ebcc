package dev.rehome.common.process;

import java.util.Map;

/**
 * A program's environment variables and its signal to stop. Programs receive them instead of reading the JVM's own, so that
 * one JVM can run several programs.
 *
 * @param environment the environment variables
 * @param signal the stop that SIGTERM and Ctrl-C request
 */
public record ProcessContext(Map<String, String> environment, ShutdownSignal signal) {
    /** Copies the variables. */
    public ProcessContext {
        environment = Map.copyOf(environment);
    }

    /** The context of this JVM's process. */
    public static ProcessContext ofThisProcess() {
        return new ProcessContext(System.getenv(), ShutdownSignal.ofThisProcess());
    }
}
