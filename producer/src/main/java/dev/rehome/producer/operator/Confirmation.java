package dev.rehome.producer.operator;

import java.io.Console;
import picocli.CommandLine.Option;

/** The option of every command that asks before it does something. */
final class Confirmation {
    @Option(names = "--yes", description = "Don't ask for a confirmation.")
    private boolean given;

    /**
     * Whether to continue: {@code --yes} was given, or the operator typed the expected word at the terminal. If not, says so
     * on standard error.
     *
     * @param impact the consequence
     * @param expected the word to type
     */
    @SuppressWarnings("SystemConsoleNull")
    boolean isGiven(String impact, String expected) {
        if (given) {
            return true;
        }
        // Since JDK 22 there is a console without a terminal too; its input is at its end, which confirms nothing.
        Console console = System.console();
        if (console == null) {
            System.err.println(
                    impact + " Nothing was changed: without a terminal to ask for a confirmation, --yes is required.");
            return false;
        }
        String answer = console.readLine("%s Type %s to continue: ", impact, expected);
        if (answer != null && answer.strip().equals(expected)) {
            return true;
        }
        System.err.println("Nothing was changed.");
        return false;
    }
}
