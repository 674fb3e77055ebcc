package dev.rehome.emulation;

import dev.rehome.common.process.CommandLineUsage;
import dev.rehome.common.process.ProgramVersion;
import dev.rehome.emulation.benchmark.BenchCommand;
import dev.rehome.emulation.benchmark.QueueCommand;
import dev.rehome.emulation.benchmark.SeedRowsCommand;
import dev.rehome.emulation.benchmark.s3.SyntheticS3Command;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code ./rehearse}. */
@Command(
        name = "rehearse",
        abbreviateSynopsis = true,
        description = {
            "Rehearses a whole migration: starts MariaDB, Redis and an S3-compatible server on the loopback, seeds rows and"
                    + " objects, runs producer and consumers, and reads every row and every object back."
        },
        subcommands = {
            OpenCommand.class,
            BenchCommand.class,
            QueueCommand.class,
            SeedRowsCommand.class,
            SyntheticS3Command.class
        },
        footer = "Exit codes: 0 every check passed, 1 a check failed (the output lists it), 2 invalid options.")
public final class EmulationMain extends RehearsalOptions {
    /** Runs a rehearsal and exits with its verdict. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The program with all its commands. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new EmulationMain());
        line.getCommandSpec().versionProvider(new ProgramVersion("rehearse", EmulationMain.class));
        CommandLineUsage.applyTo(line, System.getenv());
        line.setExecutionExceptionHandler((trouble, command, parsed) -> {
            command.getErr().println("Failed: " + trouble);
            for (StackTraceElement frame : trouble.getStackTrace()) {
                if (frame.getClassName().startsWith("dev.rehome")) {
                    command.getErr().println("    at " + frame);
                }
            }
            return 1;
        });
        return line;
    }
}
