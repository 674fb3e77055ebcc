package dev.rehome.emulation.demo;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the demo's image. */
@Command(
        name = "demo",
        description = "Sample data, an object store and the final check of the demo in docker-compose.yml.",
        subcommands = {DemoObjectStore.class, DemoObjectStore.Health.class, DemoSeeding.class, DemoVerification.class},
        synopsisSubcommandLabel = "(object-store | health | seed | verify)")
public final class DemoMain {
    private DemoMain() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new DemoMain());
        line.setExecutionExceptionHandler((trouble, command, parsed) -> {
            command.getErr().println("The demo failed: " + trouble);
            return 1;
        });
        System.exit(line.execute(args));
    }
}
