package dev.rehome.emulation;

import dev.rehome.common.process.CommandLineUsage;
import dev.rehome.emulation.benchmark.BenchCommand;
import dev.rehome.emulation.benchmark.QueueCommand;
import dev.rehome.emulation.benchmark.SeedRowsCommand;
import dev.rehome.emulation.benchmark.s3.SyntheticS3Command;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code ./rehearse}. */
@Command(
        name = "rehearse",
        description = {
            "Rehearses a whole migration: starts a real MariaDB, a real Redis and an S3-compatible server on the"
                    + " loopback, seeds rows and objects, runs the producer and the consumers as processes, and then"
                    + " reads every row and every object back.",
        },
        versionProvider = EmulationMain.Version.class,
        subcommands = {
            OpenCommand.class,
            BenchCommand.class,
            QueueCommand.class,
            SeedRowsCommand.class,
            SyntheticS3Command.class
        },
        exitCodeList = {"0:everything holds", "1:something does not hold; the output lists it", "2:wrong options"})
public final class EmulationMain extends RehearsalOptions {
    /** Runs a rehearsal and exits with its verdict. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new EmulationMain());
        line.setExecutionExceptionHandler((trouble, command, parsed) -> {
            command.getErr().println("Failed: " + trouble);
            for (StackTraceElement frame : trouble.getStackTrace()) {
                if (frame.getClassName().startsWith("dev.rehome")) {
                    command.getErr().println("    at " + frame);
                }
            }
            return 1;
        });
        System.exit(CommandLineUsage.applyTo(line).execute(args));
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = EmulationMain.class.getPackage().getImplementationVersion();
            return new String[] {"rehome rehearse " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
