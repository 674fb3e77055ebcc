package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.application.LiveApplication;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application writes to the rows that are being migrated. */
@ExtendWith(EmulatedMigrationExtension.class)
final class LiveApplicationIT {
    /** The longest that a statement of the application may take: a row stays locked for seconds, a slow disk needs more. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    @Test
    void noWriteOfTheApplicationIsLostAndNoneWaitsLong(EmulatedMigration migration) throws SQLException {
        migration.seed(200).with("COPY_CONCURRENCY", 1).with("PASS_DELAY_SECONDS", 1);
        try (Guarantees guarantees = new Guarantees(migration)) {
            long seed = ThreadLocalRandom.current().nextLong();
            MigrationProgram producer = migration.producer();
            migration.consumer();
            try (LiveApplication application = new LiveApplication(migration, seed, Duration.ofMillis(10))) {
                // The application undoes some of the work, so don't wait for a fixed share of the rows.
                Await.until(
                        "the application has written", () -> migration.journal().writes() > 200);
                migration.awaitMigrated(60);
                System.out.println("longest statement of the application: " + application.longest());
                assertThat(application.longest()).isLessThan(BOUND);
            }
            guarantees.hold(producer, 0);
        }
    }
}
