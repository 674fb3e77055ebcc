package dev.rehome.producer;

import dev.rehome.common.process.DnsCache;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.HealthEndpoint;
import dev.rehome.common.process.HttpSettings;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import dev.rehome.common.settings.SettingsHelp;
import dev.rehome.common.settings.SettingsProblems;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The producer's command line. */
@Command(
        name = "producer",
        description = "Moves the objects behind a table's column to a new bucket and rewrites the rows.",
        mixinStandardHelpOptions = true,
        versionProvider = ProducerMain.Version.class,
        synopsisSubcommandLabel = "(plan | run | health)")
public final class ProducerMain implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        DnsCache.shortenTtl();
        System.exit(commandLine().execute(args));
    }

    private static CommandLine commandLine() {
        CommandLine line = new CommandLine(new ProducerMain());
        line.addSubcommand(new PlanCommand()).addSubcommand(new RunCommand()).addSubcommand(new Health());
        for (String command : List.of("plan", "run")) {
            line.getSubcommands()
                    .get(command)
                    .getCommandSpec()
                    .usageMessage()
                    .footer(SettingsHelp.of(ProducerSettings.all()));
        }
        line.setExecutionExceptionHandler((trouble, command, parsed) -> {
            boolean settings = trouble instanceof SettingsProblems;
            command.getErr().println(trouble.getMessage() == null ? trouble.toString() : trouble.getMessage());
            return settings ? ExitCode.REFUSED : ExitCode.FAILED;
        });
        return line;
    }

    /** Every setting that it reads, for documents and their test. */
    public static List<Setting<?>> settings() {
        return ProducerSettings.all();
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.REFUSED;
    }

    /** The health check of a container. */
    @Command(
            name = "health",
            description = "Asks the producer of this container whether it works (HTTP_PORT must be set).",
            mixinStandardHelpOptions = true)
    static final class Health implements Callable<Integer> {
        @Override
        public Integer call() {
            HealthEndpoint.Health health = HealthEndpoint.check(HttpSettings.from(new Environment(System.getenv())));
            System.out.println(health.text());
            return health.healthy() ? ExitCode.COMPLETE : ExitCode.FAILED;
        }
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ProducerMain.class.getPackage().getImplementationVersion();
            return new String[] {"rehome producer " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
