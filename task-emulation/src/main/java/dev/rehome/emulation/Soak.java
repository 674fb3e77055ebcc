package dev.rehome.emulation;

import dev.rehome.emulation.chaos.Chaos;
import dev.rehome.emulation.chaos.Fault;
import dev.rehome.emulation.verification.Verdict;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The soak of a rehearsal: faults and a live application for a given time, with everything started again that dies. */
final class Soak {
    private final RehearsalPlan plan;
    private final RehearsalServices services;
    private final S3AsyncClient s3;
    private final Path directory;
    private final Screen screen;
    private Chaos chaos;

    Soak(RehearsalPlan plan, RehearsalServices services, S3AsyncClient s3, Path directory, Screen screen) {
        this.plan = plan;
        this.services = services;
        this.s3 = s3;
        this.directory = directory;
        this.screen = screen;
    }

    /** Lets the faults loose and ends them. */
    void run() {
        screen.line(String.format(
                Locale.ROOT, "Soak of %d s with seed %d:", plan.chaos().toSeconds(), plan.seed()));
        try (MigrationTasks tasks = new MigrationTasks(plan, services, directory, true, screen::line)) {
            tasks.start();
            List<Fault> faults = new ArrayList<>(services.faults());
            faults.addAll(tasks.faults());
            chaos = new Chaos(
                    new Chaos.Ground(
                            services::connect,
                            s3,
                            RehearsalServices.SOURCE_BUCKET,
                            RehearsalServices.TARGET_BUCKET,
                            plan.rows(),
                            plan.objectSize()),
                    faults,
                    plan.seed(),
                    screen::line);
            chaos.start();
            try (Chaos running = chaos) {
                Instant end = Instant.now().plus(plan.chaos());
                while (Instant.now().isBefore(end)) {
                    tasks.look();
                    Thread.sleep(100);
                }
                screen.line(running.end());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }

    /** Judges after the migration was let run to its end. */
    void judge(Verdict verdict) throws SQLException {
        chaos.judge(verdict);
    }
}
