package dev.rehome.emulation.migration;

import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts producers and consumers. */
@FunctionalInterface
public interface Programs {
    /** The command of a program ({@code producer} or {@code consumer}) without its arguments. */
    List<String> command(String program);

    /**
     * Starts a program that nobody kills or freezes; by default in a process as well.
     *
     * @param start what to start
     * @param log the file to which its output is appended
     */
    default MigrationProgram start(ProgramStart start, Path log) {
        return process(start, log);
    }

    /** Starts a program in a process of its own; its output is appended to {@code log}. */
    default MigrationProcess process(ProgramStart start, Path log) {
        List<String> command = new ArrayList<>(command(start.program()));
        command.addAll(start.arguments());
        return new MigrationProcess(start.name(), command, start.environment(), log);
    }

    /**
     * A program with its arguments and environment.
     *
     * @param name for messages
     * @param program {@code producer} or {@code consumer}
     * @param arguments of its command line
     * @param environment all of its variables
     */
    record ProgramStart(String name, String program, List<String> arguments, Map<String, String> environment) {
        /** Copies the collections. */
        public ProgramStart {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }
}
