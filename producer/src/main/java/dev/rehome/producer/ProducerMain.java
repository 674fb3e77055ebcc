package dev.rehome.producer;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.CommandLineUsage;
import dev.rehome.common.process.DnsCache;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.HealthCommand;
import dev.rehome.common.process.ProcessContext;
import dev.rehome.common.process.ProgramVersion;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import dev.rehome.common.settings.SettingsCommand;
import dev.rehome.common.settings.SettingsList;
import dev.rehome.http.HttpServer;
import dev.rehome.producer.canary.CanaryReport;
import dev.rehome.producer.operator.OperatorCommands;
import dev.rehome.producer.operator.ReportWriting;
import dev.rehome.producer.operator.SettingChanges;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The producer's command line. */
@Command(
        name = "producer",
        description =
                "Migrates the objects that a table's column refers to into a new bucket, and rewrites the column.",
        synopsisSubcommandLabel = "COMMAND")
public final class ProducerMain implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerMain.class);
    private static final ProgramVersion VERSION = new ProgramVersion("producer", ProducerMain.class);

    private final ProcessContext context;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private ProducerMain(ProcessContext context) {
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
        CommandLine line = new CommandLine(new ProducerMain(context));
        line.addSubcommand(new PlanCommand()).addSubcommand(new RunCommand());
        line.addSubcommand(new HealthCommand(context.environment()));
        OperatorCommands.all().forEach(line::addSubcommand);
        line.addSubcommand(new SettingsCommand(settings())).addSubcommand(new CommandLine.HelpCommand());
        line.getCommandSpec().versionProvider(VERSION);
        return CommandLineUsage.applyTo(line, context.environment());
    }

    /** Every setting that the producer reads, for documents and their test. */
    public static List<Setting<?>> settings() {
        return ProducerFactory.allSettings();
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.REFUSED;
    }

    /** The environment variables and the shutdown signal of this program. */
    public ProcessContext context() {
        return context;
    }

    @Command(
            name = "run",
            description = "Starts or resumes the migration. The process can be killed and started again at any time.",
            exitCodeList = {
                "0:complete",
                "1:incomplete; the log says why",
                "2:refused, or settings are wrong; nothing was changed",
                "3:complete, but some records failed: the report and the mapping table list them",
                "4:the canary's records are moved, but this process could not verify them",
                "130 or 143:stopped by Ctrl-C or SIGTERM; start it again to resume"
            },
            footer = "Settings are environment variables: see `producer settings`.")
    static final class RunCommand implements Callable<Integer> {
        private static final int LARGEST_CANARY = 100_000;

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec;

        @CommandLine.ParentCommand
        private ProducerMain program;

        @CommandLine.Option(
                names = "--canary",
                paramLabel = "N",
                description = {
                    "Stop once N records of the run are done (1 to 100,000), read their rows and objects back, and"
                            + " report. The next `run` continues with the others."
                })
        private Integer canary;

        @Override
        public Integer call() throws IOException {
            if (canary != null && (canary < 1 || canary > LARGEST_CANARY)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "--canary " + canary + " is out of range: expected 1 to 100,000");
            }
            Map<String, String> environment = program.context.environment();
            ProducerFactory factory = ProducerFactory.from(new Environment(environment));
            ProducerSettings settings = factory.settings();
            LOG.info("Producer starting: {}", factory.describe());
            LOG.info("{}", SettingsList.of(settings(), environment));
            ShutdownSignal signal = program.context.signal();
            signal.install(settings.stopTimeout().minus(Duration.ofSeconds(1)));
            try (ProducerServices services = factory.open();
                    RunManifest manifest = factory.manifest(services)) {
                Preflight preflight = factory.preflight(services, manifest, true);
                OptionalInt bound = canary == null ? OptionalInt.empty() : OptionalInt.of(canary);
                JobRunner runner = new JobRunner(settings, services, preflight, manifest, bound, signal, report -> {
                    ReportOutput.show(report.text(), report.numbers(), settings.log(), System.out);
                    writeReport(environment, factory, services);
                });
                SettingChanges changes = SettingChanges.of(factory, services, environment);
                try (HttpServer server = factory.httpServer(services, runner::snapshot, changes, VERSION.number())) {
                    server.start();
                    int code = runner.run();
                    boolean moved = code == ExitCode.COMPLETE || code == ExitCode.COMPLETE_WITH_FAILURES;
                    return bound.isEmpty() || !moved || signal.isRequested() ? code : verify(factory, services, signal);
                }
            } finally {
                signal.finished();
            }
        }

        private int verify(ProducerFactory factory, ProducerServices services, ShutdownSignal signal) {
            try (Buckets buckets = factory.buckets()) {
                CanaryReport report = CanaryReport.of(canary, services.catalog(), buckets, signal::isRequested);
                ReportOutput.show(
                        report.text(), report.numbers(), factory.settings().log(), System.out);
                return report.exitCode();
            }
        }

        /** A report that can't be written doesn't change the exit code: `producer report` can write it later. */
        private static void writeReport(
                Map<String, String> environment, ProducerFactory factory, ProducerServices services) {
            Optional<String> place = new Environment(environment).read(ReportWriting.REPORT_LOCATION);
            if (place.isEmpty()) {
                return;
            }
            try {
                Optional<Run> run = services.catalog().runs().latest();
                if (run.flatMap(Run::completed).isPresent()) {
                    new ReportWriting(environment, factory, services, LOG::info).write(run.get(), place.get(), false);
                }
            } catch (IOException | Unavailable | Rejected failure) {
                LOG.error(
                        "The report can't be written to REPORT_LOCATION={}: {}. The run itself is complete; write its"
                                + " report with `producer report --output`",
                        place.get(),
                        failure.getMessage());
            }
        }
    }
}
