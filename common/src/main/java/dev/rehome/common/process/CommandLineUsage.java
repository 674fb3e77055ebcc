package dev.rehome.common.process;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.SettingsProblems;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Makes the command lines of all programs alike: the help fits on a screen, usage errors are printed without the help, and
 * failures take one line.
 */
public final class CommandLineUsage {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLineUsage.class);

    /** The longest summary that fits a line of 80 columns beside a command's name. */
    private static final int LONGEST_SUMMARY = 62;

    private CommandLineUsage() {}

    /**
     * Applies this to a program and all its commands; to be called last, before the program is executed. The log settings
     * in {@code environment} decide how failures are printed.
     */
    public static CommandLine applyTo(CommandLine program, Map<String, String> environment) {
        program.setUsageHelpAutoWidth(true);
        program.setParameterExceptionHandler(CommandLineUsage::explain);
        program.registerConverter(int.class, wholeNumber(Integer::valueOf));
        program.registerConverter(Integer.class, wholeNumber(Integer::valueOf));
        program.registerConverter(long.class, wholeNumber(Long::valueOf));
        program.registerConverter(Long.class, wholeNumber(Long::valueOf));
        program.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command, environment));
        complete(program, program.getCommandSpec().versionProvider());
        program.getSubcommands().values().forEach(CommandLineUsage::summarize);
        return program;
    }

    /** Adds the parts that all commands have: the options {@code --help} and {@code --version}, and headings. */
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

    /**
     * The help of a program lists a command with the first clause of its description; the command's own help has the rest.
     */
    private static void summarize(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        if (usage.header().length == 0) {
            String clause = String.join(" ", usage.description()).split("[.:;] | \\(|\\.$", 2)[0];
            usage.header((clause.length() > LONGEST_SUMMARY ? clause.split(", ", 2)[0] : clause) + ".");
            command.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_HEADER);
        }
    }

    /** At a terminal and in a text log, the bare message; in a JSON log, a line of it. */
    private static int report(Exception failure, CommandLine command, Map<String, String> environment) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        boolean json = LogSettings.from(new Environment(environment)).format() == LogSettings.Format.JSON;
        if (json && Terminal.ofStandardError().isEmpty()) {
            LOG.error("{}", message);
        } else {
            command.getErr().println(message);
        }
        return failure instanceof SettingsProblems ? ExitCode.REFUSED : ExitCode.FAILED;
    }

    private static <N> ITypeConverter<N> wholeNumber(Function<String, N> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (NumberFormatException invalid) {
                throw new TypeConversionException("expected a whole number, got '" + text + "'");
            }
        };
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
