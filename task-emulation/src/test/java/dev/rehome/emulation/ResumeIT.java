package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.application.LiveApplication;
import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.RestartedProcesses;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.process.RestartedProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes are killed; others continue their work. */
@ExtendWith(EmulatedMigrationExtension.class)
final class ResumeIT {
    @Test
    void runContinuesAfterEverythingWasKilledAtOnce(EmulatedMigration migration) throws SQLException {
        try (StoreGate store = new StoreGate(migration.seed(100), 30);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = migration.producerProcess();
            MigrationProcess consumer = migration.consumerProcess();
            migration.awaitMigrated(20);
            producer.kill();
            consumer.kill();
            store.open();
            migration.servers().database().kill();
            migration.servers().redis().kill();
            migration.servers().database().restart();
            migration.servers().redis().restart();
            migration.consumer();
            MigrationProgram next = migration.producer();
            guarantees.hold(next, 0);
            assertThat(next.log()).contains("Run 1 resumed");
        }
    }

    @Test
    void killsAtRandomMomentsDontChangeTheEnd(EmulatedMigration migration) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("seed of the kills: " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        migration.seed(160).with("COPY_CONCURRENCY", 1).with("MAX_ATTEMPTS", 50).with("PASS_DELAY_SECONDS", 1);
        int kills = 0;
        try (Guarantees guarantees = new Guarantees(migration)) {
            RestartedProcesses processes = RestartedProcesses.untilDone(migration, 2, System.out::println);
            try (LiveApplication application = new LiveApplication(migration, seed, Duration.ofMillis(50))) {
                migration.awaitMigrated(1);
                for (int i = 0; i < 4 && processes.producer().process().isAlive(); i++) {
                    // The moment itself is random: this doesn't wait for anything.
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
                    RestartedProcess drawn = processes.all().get(random.nextInt(3));
                    if (drawn.process().isAlive()) {
                        kills++;
                        drawn.replace();
                    }
                }
                assertThat(application.longest()).isLessThan(Duration.ofSeconds(30));
            }
            guarantees.hold(processes.awaitProducer(), 0);
            assertThat(kills).as("kills before the end").isPositive();
        }
    }
}
