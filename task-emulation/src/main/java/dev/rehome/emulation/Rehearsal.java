package dev.rehome.emulation;

import dev.rehome.emulation.process.ServiceTask;
import dev.rehome.emulation.seeding.CatalogSeeding;
import dev.rehome.emulation.seeding.ObjectSeeding;
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
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** One rehearsal: start, seed, migrate, judge. */
final class Rehearsal {
    private final RehearsalPlan plan;
    private final Screen screen;

    Rehearsal(RehearsalPlan plan, Screen screen) {
        this.plan = plan;
        this.screen = screen;
    }

    /** Answers the exit code. */
    int run() throws IOException {
        Path directory = Files.createDirectories(plan.home()
                .resolve(".rehearsal")
                .resolve(Instant.now().toString().replaceAll("[^0-9]", "").substring(0, 17)));
        Verdict verdict = new Verdict();
        boolean complete = false;
        try {
            complete = rehearse(directory, verdict);
        } catch (SQLException failure) {
            throw new IOException(failure);
        } finally {
            if (complete && verdict.holds() && !plan.keep()) {
                Folder.delete(directory);
            } else {
                screen.line("Data and logs are kept in " + directory);
            }
        }
        return complete && verdict.holds() ? 0 : 1;
    }

    private boolean rehearse(Path directory, Verdict verdict) throws IOException, SQLException {
        screen.line("Starting MariaDB, Redis and an S3-compatible server on the loopback …");
        try (RehearsalServices services = new RehearsalServices(
                        directory, plan.latency(), UUID.randomUUID().toString());
                S3AsyncClient s3 = services.objectStore();
                Connection connection = services.connect()) {
            seed(s3, connection);
            Soak soak = new Soak(plan, services, s3, directory, screen);
            if (!plan.chaos().isZero()) {
                soak.run();
            }
            MigrationTasks tasks = new MigrationTasks(plan, services, directory, false, screen::line);
            boolean complete = migrate(tasks, services);
            screen.line("");
            new Summary(tasks, complete).lines().forEach(screen::line);
            screen.line("");
            if (complete) {
                screen.line("Reading every row and every object back:");
                if (plan.chaos().isZero()) {
                    judge(s3, connection, verdict);
                } else {
                    soak.judge(verdict);
                    new SecondRun(plan, services, s3, directory, screen).judge(tasks.producerCode(), verdict);
                }
                verdict.lines().forEach(screen::line);
            }
            screen.line(complete && verdict.holds() ? "Everything holds." : "NOT everything holds.");
            return complete;
        }
    }

    private void seed(S3AsyncClient s3, Connection connection) throws SQLException {
        Instant start = Instant.now();
        new CatalogSeeding(connection).seed(plan.rows(), done -> status("seeded", done));
        long objects = new ObjectSeeding(s3, RehearsalServices.SOURCE_BUCKET)
                .seed(plan.rows(), plan.objectSize(), done -> status("objects seeded for", done));
        screen.line(String.format(
                Locale.ROOT,
                "Seeded %,d rows and %,d objects of %,d bytes in %.1f s",
                plan.rows(),
                objects,
                plan.objectSize(),
                Duration.between(start, Instant.now()).toMillis() / 1_000.0));
    }

    private void judge(S3AsyncClient s3, Connection connection, Verdict verdict) throws SQLException {
        new RowVerification(connection, RehearsalServices.MAPPING_TABLE).judge(plan.rows(), verdict);
        new ObjectVerification(s3, RehearsalServices.SOURCE_BUCKET, RehearsalServices.TARGET_BUCKET)
                .judge(plan.rows(), plan.objectSize(), verdict, done -> status("read back", done));
    }

    private boolean migrate(MigrationTasks tasks, RehearsalServices services) throws SQLException {
        screen.line(String.format(
                Locale.ROOT, "Migrating with 1 producer and %d consumers; pids %s", plan.consumers(), tasks.start()));
        // A connection of its own: a soak may have cut the one that seeded.
        try (tasks;
                Connection connection = services.connect()) {
            MigrationStatus status = new MigrationStatus(connection, plan.rows());
            Duration patience = plan.patience();
            Instant end = Instant.now().plus(patience);
            while (!tasks.look()) {
                if (Instant.now().isAfter(end)) {
                    screen.line("NOT complete after " + patience.toMinutes() + " min: ending it.");
                    return false;
                }
                screen.status(status.line(tasks));
                pause();
            }
            screen.line(status.line(tasks));
        }
        return tasks.all().stream().allMatch(ServiceTask::isDone)
                && List.of(0, 3).contains(tasks.producerCode());
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }

    private void status(String what, long done) {
        screen.status(String.format(Locale.ROOT, "%,d of %,d rows %s", done, plan.rows(), what));
    }
}
