package dev.rehome.consumer;

import dev.rehome.common.process.CommandLineUsage;
import dev.rehome.common.process.DnsCache;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.HealthCommand;
import dev.rehome.common.process.ProcessContext;
import dev.rehome.common.process.ProgramVersion;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import dev.rehome.common.settings.SettingsCommand;
import dev.rehome.consumer.verification.VerifyCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The consumer's command line. */
@Command(
        name = "consumer",
        description = "Copies the objects of claimed batches and records where they are.",
        synopsisSubcommandLabel = "COMMAND")
public final class ConsumerMain implements Callable<Integer> {
    private final ProcessContext context;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private ConsumerMain(ProcessContext context) {
        this.context = context;
    }

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        DnsCache.shortenTtl();
        // In UTF-8 whatever the locale, so that object keys are printed as they are.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.exit(commandLine(ProcessContext.ofThisProcess()).execute(args));
    }

    /** The program with all its commands. It doesn't end the JVM, and several can run in one. */
    public static CommandLine commandLine(ProcessContext context) {
        CommandLine line = new CommandLine(new ConsumerMain(context));
        line.addSubcommand(new Run())
                .addSubcommand(new VerifyCommand(context.environment()))
                .addSubcommand(new HealthCommand(context.environment()));
        line.addSubcommand(new SettingsCommand(ConsumerSettings.ALL)).addSubcommand(new CommandLine.HelpCommand());
        line.getCommandSpec().versionProvider(new ProgramVersion("consumer", ConsumerMain.class));
        return CommandLineUsage.applyTo(line, context.environment());
    }

    /** All settings that it reads, for documents and their test. */
    public static List<Setting<?>> settings() {
        return ConsumerSettings.ALL;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.REFUSED;
    }

    /** Copies until the migration is complete or the process is asked to stop. */
    @Command(
            name = "run",
            description = "Copies until the migration is complete or the process is stopped.",
            exitCodeList = {
                "0:the migration is complete",
                "1:failed; the log says why",
                "2:settings are invalid, or a bucket can't be used"
            },
            footer = "Settings are environment variables: see `consumer settings`.")
    static final class Run implements Callable<Integer> {
        @CommandLine.ParentCommand
        private ConsumerMain program;

        @Override
        public Integer call() throws Exception {
            ConsumerSettings settings = ConsumerSettings.from(new Environment(program.context.environment()));
            return new ConsumerRun(settings, program.context).call();
        }
    }
}
