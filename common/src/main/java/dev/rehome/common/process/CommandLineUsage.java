package dev.rehome.common.process;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;

/** How every program explains itself: help that fits a screen, and usage errors that aren't buried under it. */
public final class CommandLineUsage {
    private CommandLineUsage() {}

    /** Applies it to a program and all its commands; the last thing to do before the program is executed. */
    public static CommandLine applyTo(CommandLine program) {
        program.setUsageHelpAutoWidth(true);
        program.setParameterExceptionHandler(CommandLineUsage::explain);
        complete(program, program.getCommandSpec().versionProvider());
        return program;
    }

    /** Adds what all commands have: the options {@code --help} and {@code --version}, and headings. */
    private static void complete(CommandLine command, IVersionProvider version) {
        CommandSpec spec = command.getCommandSpec();
        if (!spec.optionsMap().containsKey("--help")) {
            spec.mixinStandardHelpOptions(true);
        }
        if (spec.versionProvider() == null) {
            spec.versionProvider(version);
        }
        UsageMessageSpec usage = spec.usageMessage();
        usage.exitCodeListHeading(usage.exitCodeList().isEmpty() ? "" : "%nExit codes:%n");
        usage.footerHeading(usage.footer().length == 0 ? "" : "%n");
        command.getSubcommands().values().forEach(each -> complete(each, version));
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
