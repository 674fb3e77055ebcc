package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SIGTERM: batches are finished or released, and the process ends before the stop timeout. */
@ExtendWith(EmulatedMigrationExtension.class)
final class CleanStopIT {
    private static final int STOPPED_BY_SIGTERM = 143;
    /** Half of it passes before the batches are released; the rest is for a slow machine. */
    private static final int SHORT_SECONDS = 30;

    private static final int LONG_SECONDS = 120;

    /** Copies hang until the consumer has given up its batches; then they hang until another one has begun to stop. */
    @Test
    void batchesAreReleasedOrFinishedByTheStopTimeout(EmulatedMigration migration) throws SQLException {
        migration.seed(60).with("LEASE_SECONDS", 60).with("STOP_TIMEOUT_SECONDS", SHORT_SECONDS);
        try (StoreGate store = new StoreGate(migration, 10);
                QueueInspector queue = migration.queue();
                Guarantees guarantees = new Guarantees(migration)) {
            migration.with("BATCHES_IN_FLIGHT", 3);
            MigrationProcess producer = migration.producerProcess();
            MigrationProcess consumer = migration.consumerProcess();
            Await.until("every batch is claimed", () -> queue.leased() == 3);
            assertStops(producer, SHORT_SECONDS);
            assertStops(consumer, SHORT_SECONDS);
            assertThat(consumer.log())
                    .contains("released; it will be claimed again")
                    .doesNotContain("could not be released");
            assertThat(queue.leased()).isZero();
            assertThat(queue.pending()).isEqualTo(3);
            assertThat(queue.attempts())
                    .as("a clean stop doesn't count as an attempt")
                    .isZero();

            producer = migration.with("STOP_TIMEOUT_SECONDS", LONG_SECONDS).producerProcess();
            consumer = migration.consumerProcess();
            Await.until("every batch is claimed", () -> queue.leased() == 3);
            consumer.terminate();
            consumer.awaitLog("then releasing the rest");
            store.open();
            assertStops(consumer, LONG_SECONDS);
            assertThat(consumer.log()).doesNotContain("released; it will be claimed again");
            assertThat(queue.pending() + queue.leased())
                    .as("unfinished batches")
                    .isZero();
            guarantees.hold(producer, 0);
        }
    }

    private static void assertStops(MigrationProcess process, int seconds) {
        process.terminate();
        assertThat(process.exitCode(Duration.ofSeconds(seconds))).isEqualTo(STOPPED_BY_SIGTERM);
        assertThat(process.log()).doesNotContain("Not finished within");
    }
}
