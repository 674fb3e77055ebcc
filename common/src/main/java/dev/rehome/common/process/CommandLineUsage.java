package dev.rehome.common.process;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** How every program explains itself: help that fits a screen, and usage errors that nothing buries. */
public final class CommandLineUsage {
    private CommandLineUsage() {}

    /** Applies it to a program and all its commands; the last thing to do before the program is executed. */
    public static CommandLine applyTo(CommandLine program) {
        program.setUsageHelpAutoWidth(true);
        program.setParameterExceptionHandler(CommandLineUsage::explain);
        program.getSubcommands().values().forEach(command -> inherit(command, program));
        return program;
    }

    /** A command's {@code --version} prints that of its program. */
    private static void inherit(CommandLine command, CommandLine program) {
        if (command.getCommandSpec().versionProvider() == null) {
            command.getCommandSpec().versionProvider(program.getCommandSpec().versionProvider());
        }
        command.getSubcommands().values().forEach(each -> inherit(each, program));
    }

    private static int explain(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        List<String> lines =
                List.of(problem.getMessage(), "See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        lines.forEach(command.getErr()::println);
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, command.getErr());
        command.getErr().flush();
        return ExitCode.REFUSED;
    }
}
