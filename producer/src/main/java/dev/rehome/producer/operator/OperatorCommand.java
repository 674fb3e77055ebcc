package dev.rehome.producer.operator;

import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Retries;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.producer.ProducerFactory;
import dev.rehome.producer.ProducerMain;
import dev.rehome.producer.ProducerServices;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * A command that looks at a migration or steers it, from any machine that reaches its database and its queue. It takes the
 * producer's environment and needs no running producer. It opens the services and refuses the queue of another migration.
 */
public abstract class OperatorCommand implements Callable<Integer> {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));

    /**
     * The settings and services of a command.
     *
     * @param factory the producer's settings, and what is made from them
     * @param services the open services; closed when the command returns
     * @param out standard output in UTF-8
     * @param environment the environment variables
     * @param signal asks the command to stop, once it is installed
     */
    record Session(
            ProducerFactory factory,
            ProducerServices services,
            PrintStream out,
            Map<String, String> environment,
            ShutdownSignal signal) {
        ProducerCatalog catalog() {
            return services.catalog();
        }

        MigrationSettings migration() {
            return factory.settings().migration();
        }

        /** The latest run, whether it is complete or in progress; empty before the first. */
        Optional<Run> latestRun() {
            return catalog().runs().latest();
        }

        /** The number of unfinished batches in the queue. */
        long openBatches() {
            return services.publisher().depth().open();
        }

        /** The retries of a command's calls: with a back-off that sleeps. */
        Retries retries() {
            return new Retries(BACKOFF, services.clock());
        }

        /** The same, but a request to stop ends the wait between two calls. */
        Retries retriesUntilStopped() {
            return new Retries(BACKOFF, services.clock(), signal::await);
        }

        void print(String line) {
            out.println(line);
        }
    }

    @CommandLine.ParentCommand
    private ProducerMain program;

    @Override
    public final Integer call() {
        Map<String, String> environment = program.context().environment();
        ProducerFactory factory = ProducerFactory.from(new Environment(environment));
        try (ProducerServices services = factory.open()) {
            Optional<String> refusal = services.publisher().refusal();
            return refusal.isPresent()
                    ? refused(refusal.get())
                    : execute(new Session(
                            factory,
                            services,
                            System.out,
                            environment,
                            program.context().signal()));
        }
    }

    /** Does the work; returns the exit code of the process. */
    abstract int execute(Session session);

    /** Says on standard error why the command does nothing; returns its exit code. */
    static int refused(String reason) {
        System.err.println(reason);
        return ExitCode.REFUSED;
    }
}
