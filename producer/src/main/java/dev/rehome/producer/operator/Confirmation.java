package dev.rehome.producer.operator;

import java.io.Console;
import picocli.CommandLine.Option;

/** The option of every command that asks before it does something. */
final class Confirmation {
    @Option(names = "--yes", description = "Don't ask for a confirmation.")
    private boolean given;

    /**
     * Whether to go on: {@code --yes} was given, or somebody typed yes at the terminal. Says on standard error why not.
     *
     * @param impact what is going to happen
     */
    @SuppressWarnings("SystemConsoleNull")
    boolean isGiven(String impact) {
        if (given) {
            return true;
        }
        // From JDK 22 on there is one without a terminal too; its input has ended then, which confirms nothing.
        Console console = System.console();
        if (console == null) {
            System.err.println(impact + " Nothing was changed: without a terminal to confirm it, --yes is required.");
            return false;
        }
        String answer = console.readLine("%s Type yes to continue: ", impact);
        if (answer != null && answer.strip().equalsIgnoreCase("yes")) {
            return true;
        }
        System.err.println("Nothing was changed.");
        return false;
    }
}
