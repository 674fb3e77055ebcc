package dev.rehome.emulation;

import dev.rehome.common.process.Plural;
import dev.rehome.common.process.ProgressLine;
import dev.rehome.embedded.FileTree;
import dev.rehome.embedded.MariaDbSettings;
import dev.rehome.embedded.ObjectStoreSettings;
import dev.rehome.embedded.RedisSettings;
import dev.rehome.emulation.benchmark.s3.SyntheticS3Process;
import dev.rehome.emulation.benchmark.s3.SyntheticS3Settings;
import dev.rehome.emulation.chaos.Soak;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.RestartedProcesses;
import dev.rehome.emulation.migration.Servers;
import dev.rehome.emulation.process.RestartedProcess;
import dev.rehome.emulation.verification.JournalVerification;
import dev.rehome.emulation.verification.ObjectVerification;
import dev.rehome.emulation.verification.RowVerification;
import dev.rehome.emulation.verification.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs one rehearsal: starts the servers, seeds, migrates and judges the result. */
final class Rehearsal {
    /** The schema, and the migration's name in Redis. */
    static final String NAME = "shop";

    private static final long POLL_MILLIS = 200;
    /** The exit code after Ctrl-C. */
    private static final int INTERRUPTED = 130;

    private final RehearsalPlan plan;
    private final ProgressLine screen;
    private final Verdict verdict = new Verdict();
    private volatile boolean ended;
    private volatile boolean stopping;

    Rehearsal(RehearsalPlan plan, ProgressLine screen) {
        this.plan = plan;
        this.screen = screen;
    }

    /** Returns the exit code. */
    int run() throws IOException, SQLException, InterruptedException {
        Path directory = Files.createDirectories(plan.programs()
                .home()
                .resolve(".rehearsal")
                .resolve(Instant.now().toString().replaceAll("[^0-9]", "").substring(0, 17)));
        boolean complete = false;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(directory), "interrupted"));
        try {
            complete = rehearse(directory);
        } catch (RuntimeException | SQLException | IOException failure) {
            if (!stopping) {
                throw failure;
            }
            // Ctrl-C has stopped the servers that this thread was using; the hook has reported it.
            return INTERRUPTED;
        } finally {
            ended = true;
            if (complete && verdict.holds() && !plan.watching().keep()) {
                FileTree.delete(directory);
            } else {
                screen.line("Data and logs are kept in " + directory);
                screen.line("To look inside: ./rehearse open " + directory);
            }
        }
        return complete && verdict.holds() ? 0 : 1;
    }

    /** Reports Ctrl-C. Servers and processes are stopped by shutdown hooks of their own. */
    private void interrupted(Path directory) {
        if (ended) {
            return;
        }
        stopping = true;
        screen.end("Interrupted: stopping the producer, the consumers and the servers. Data and logs are kept in "
                + directory + System.lineSeparator() + "To look inside: ./rehearse open " + directory);
    }

    private boolean rehearse(Path directory) throws IOException, SQLException, InterruptedException {
        screen.line("Starting MariaDB, Redis and an S3-compatible server on the loopback");
        MariaDbSettings database = MariaDbSettings.in(directory.resolve("mariadb"));
        RedisSettings redis = RedisSettings.in(directory.resolve("redis"));
        if (!plan.store().synthetic()) {
            try (Servers servers = new Servers(
                    database,
                    redis,
                    ObjectStoreSettings.in(directory.resolve("s3"), "unused")
                            .withLatency(plan.store().latency()),
                    name -> screen.begin("Starting " + name))) {
                return rehearse(servers, directory, Optional.empty());
            }
        }
        SyntheticS3Settings pretended = SyntheticS3Settings.of(
                        plan.rows(), plan.store().objectSize())
                .delayed(plan.store().latency(), Duration.ZERO);
        try (SyntheticS3Process store = new SyntheticS3Process(pretended, directory.resolve("s3.log"));
                Servers servers = new Servers(database, redis, store.access())) {
            return rehearse(servers, directory, Optional.of(store));
        }
    }

    private boolean rehearse(Servers servers, Path directory, Optional<SyntheticS3Process> synthetic)
            throws IOException, SQLException, InterruptedException {
        try (EmulatedMigration migration = new EmulatedMigration(servers, plan.programs(), NAME, directory)) {
            migration
                    .objectSize(plan.store().objectSize())
                    .with("BATCH_SIZE", plan.batchSize())
                    .with("CONSUMER_TASK_COUNT", plan.consumers())
                    // Shorter than in production, so that the batches of a killed process are soon requeued.
                    .with("LEASE_SECONDS", 10)
                    .with("STATUS_SECONDS", 5)
                    .with(
                            "JDK_JAVA_OPTIONS",
                            synthetic.isPresent()
                                    ? "-Xmx256m -XX:+UseSerialGC"
                                    : "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
            if (plan.watching().dashboard()) {
                screen.line(RehearsalDashboard.open(migration, plan.batchSize()));
            }
            seed(migration, synthetic.isEmpty());
            boolean complete =
                    plan.chaos().time().isZero() ? withoutFaults(migration, synthetic) : withFaults(migration);
            verdict.lines().forEach(screen::line);
            screen.line(complete && verdict.holds() ? "Everything holds." : "NOT everything holds.");
            return complete;
        }
    }

    private void seed(EmulatedMigration migration, boolean objects) throws SQLException {
        Instant start = Instant.now();
        screen.begin("Seeding rows", plan.rows());
        migration.seedRows(plan.rows(), screen::done);
        if (objects) {
            screen.begin("Seeding objects", plan.rows());
            migration.seedObjects(plan.rows(), screen::done);
        }
        screen.line(String.format(
                Locale.ROOT,
                "Seeded %s%s in %.1f s",
                Plural.of(plan.rows(), "row"),
                objects
                        ? String.format(
                                Locale.ROOT,
                                " and %s of %s",
                                Plural.of(migration.journal().objects(), "object"),
                                Plural.of(plan.store().objectSize(), "byte"))
                        : "; the S3 server responds as if their objects existed",
                Duration.between(start, Instant.now()).toMillis() / 1_000.0));
    }

    private boolean withoutFaults(EmulatedMigration migration, Optional<SyntheticS3Process> synthetic)
            throws SQLException, InterruptedException {
        if (migrate(migration) < 0) {
            return false;
        }
        screen.line("Reading every row and every " + (synthetic.isPresent() ? "copy" : "object") + " back:");
        try (Connection connection = migration.connect()) {
            new RowVerification(connection, EmulatedMigration.MAPPING_TABLE).judge(plan.rows(), verdict);
        }
        if (synthetic.isPresent()) {
            new JournalVerification(synthetic.get()).judge(plan.rows(), verdict);
        } else {
            screen.begin("Reading objects back", plan.rows());
            new ObjectVerification(migration.s3(), migration.source(), migration.target())
                    .judge(plan.rows(), plan.store().objectSize(), verdict, screen::done);
        }
        return true;
    }

    private boolean withFaults(EmulatedMigration migration) throws SQLException, InterruptedException {
        screen.line(String.format(
                Locale.ROOT,
                "Faults for %d s with seed %d:",
                plan.chaos().time().toSeconds(),
                plan.chaos().seed()));
        try (Soak soak = new Soak(migration, screen::line)) {
            soak.run(plan.chaos().time(), plan.consumers(), plan.chaos().seed());
            int code = migrate(migration);
            if (code < 0) {
                return false;
            }
            screen.line("Judging the guarantees, with a second run:");
            soak.judge(code, plan.timeout(), verdict);
        } catch (AssertionError failed) {
            verdict.breach(failed + (failed.getCause() == null ? "" : ": " + failed.getCause()));
        }
        return true;
    }

    /** Runs the migration to its end; returns the exit code of the producer, or -1 if it isn't complete. */
    private int migrate(EmulatedMigration migration) throws SQLException, InterruptedException {
        boolean ended;
        RestartedProcesses processes = RestartedProcesses.untilDone(migration, plan.consumers(), screen::line);
        try (processes) {
            screen.line("Migrating with 1 producer and " + Plural.of(plan.consumers(), "consumer") + " (process ids: "
                    + pids(processes) + ")");
            MigrationStatus status = new MigrationStatus(migration);
            screen.begin("Migrating", status.legacy());
            long end = System.nanoTime() + plan.timeout().toNanos();
            ended = processes.poll();
            while (!ended && end - System.nanoTime() > 0) {
                screen.done(status.done(), Plural.of(running(processes), "process"));
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                ended = processes.poll();
            }
            if (!ended) {
                screen.line("NOT complete after " + ProgressLine.shown(plan.timeout()) + ": stopping all processes.");
            }
        }
        int code = ended ? processes.producer().process().exitCode() : -1;
        boolean complete = List.of(0, 3).contains(code);
        screen.line("");
        new Summary(processes, complete).lines().forEach(screen::line);
        screen.line("");
        return complete ? code : -1;
    }

    private static long running(RestartedProcesses processes) {
        return processes.all().stream().filter(each -> !each.isDone()).count();
    }

    private static String pids(RestartedProcesses processes) {
        return processes.all().stream()
                .map(RestartedProcess::process)
                .map(process -> process.name() + " " + process.pid())
                .collect(Collectors.joining(", "));
    }
}
