package dev.rehome.emulation.migration;

import dev.rehome.emulation.migration.Programs.ProgramStart;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The producers and consumers of a migration: starts them, each with a log of its own, and ends all of them when it is closed. */
public abstract class MigrationPrograms implements AutoCloseable {
    private final Programs programs;
    private final Path logs;
    private final List<MigrationProgram> started = new ArrayList<>();

    /** {@code logs} is an existing folder. */
    MigrationPrograms(Programs programs, Path logs) {
        this.programs = programs;
        this.logs = logs;
    }

    /** The variables of a program, with some of its own; an empty value removes a variable. */
    abstract Map<String, String> environment(String program, Map<String, String> own);

    /** Starts {@code producer run}; it can't be killed or frozen. */
    public final MigrationProgram producer() {
        return producer(Map.of());
    }

    /** Starts the producer with variables and arguments of its own; the argument is {@code run} where none is given. */
    public final MigrationProgram producer(Map<String, String> variables, String... arguments) {
        return program(of("producer", variables, arguments));
    }

    /** Starts {@code producer run} in a process of its own. */
    public final MigrationProcess producerProcess() {
        return producerProcess(Map.of());
    }

    /** Starts the producer in a process of its own, with variables and arguments as {@link #producer(Map, String...)}. */
    public final MigrationProcess producerProcess(Map<String, String> variables, String... arguments) {
        return process(of("producer", variables, arguments));
    }

    /** Starts {@code consumer run}; it can't be killed or frozen. */
    public final MigrationProgram consumer() {
        return consumer(Map.of());
    }

    /** Starts the consumer with variables and arguments of its own; the argument is {@code run} where none is given. */
    public final MigrationProgram consumer(Map<String, String> variables, String... arguments) {
        return program(of("consumer", variables, arguments));
    }

    /** Starts {@code consumer run} in a process of its own. */
    public final MigrationProcess consumerProcess() {
        return consumerProcess(Map.of());
    }

    /** Starts the consumer in a process of its own, with variables and arguments as {@link #consumer(Map, String...)}. */
    public final MigrationProcess consumerProcess(Map<String, String> variables, String... arguments) {
        return process(of("consumer", variables, arguments));
    }

    /** Starts {@code run} of a program in a process; its output is appended to the log that bears the given name. */
    final MigrationProcess process(String name, String program) {
        return process(new ProgramStart(name, program, List.of("run"), environment(program, Map.of())));
    }

    private ProgramStart of(String program, Map<String, String> variables, String... arguments) {
        return new ProgramStart(
                started.size() + 1 + "-" + program,
                program,
                arguments.length == 0 ? List.of("run") : List.of(arguments),
                environment(program, variables));
    }

    private MigrationProgram program(ProgramStart start) {
        return own(programs.start(start, logOf(start)));
    }

    private MigrationProcess process(ProgramStart start) {
        return own(programs.process(start, logOf(start)));
    }

    private Path logOf(ProgramStart start) {
        return logs.resolve(start.name().replace(' ', '-') + ".log");
    }

    private <P extends MigrationProgram> P own(P program) {
        started.add(program);
        return program;
    }

    @Override
    public final void close() {
        started.forEach(MigrationProgram::close);
    }
}
