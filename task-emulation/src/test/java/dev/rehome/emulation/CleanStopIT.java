package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Wire;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SIGTERM: batches are finished or released, and the process ends before the stop timeout. */
@ExtendWith(EmulatedMigrationExtension.class)
final class CleanStopIT {
    private static final int STOPPED_BY_SIGTERM = 143;
    private static final int SHORT_SECONDS = 5;
    private static final int LONG_SECONDS = 30;

    /** The same batches, which take some ten seconds to copy, with a stop timeout that is too short and one that isn't. */
    @Test
    void batchesAreReleasedOrFinishedByTheStopTimeout(EmulatedMigration migration) throws SQLException {
        migration.seed(120).with("BATCH_SIZE", 40).with("LEASE_SECONDS", 60);
        try (TcpProxy slow = Wire.store(migration);
                QueueInspector queue = migration.queue();
                Guarantees guarantees = new Guarantees(migration)) {
            slow.delay(Duration.ofMillis(200));
            migration.with("AWS_ENDPOINT_URL_S3", Wire.storeAt(slow).get("AWS_ENDPOINT_URL_S3"));

            MigrationProgram producer = migration.producer();
            MigrationProgram consumer =
                    migration.with("STOP_TIMEOUT_SECONDS", SHORT_SECONDS).consumer();
            Await.until("every batch is claimed", () -> queue.leased() == 3);
            assertStops(producer, SHORT_SECONDS);
            assertStops(consumer, SHORT_SECONDS);
            assertThat(consumer.log()).contains("released; it will be claimed again");
            assertThat(queue.leased()).isZero();
            assertThat(queue.pending()).isEqualTo(3);
            assertThat(queue.attempts())
                    .as("a clean stop doesn't count as an attempt")
                    .isZero();

            producer = migration.with("STOP_TIMEOUT_SECONDS", LONG_SECONDS).producer();
            consumer = migration.consumer();
            Await.until("every batch is claimed", () -> queue.leased() == 3);
            long start = System.nanoTime();
            assertStops(consumer, LONG_SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("the time that the batches took")
                    .isGreaterThan(Duration.ofSeconds(SHORT_SECONDS));
            assertThat(consumer.log()).doesNotContain("released; it will be claimed again");
            assertThat(queue.pending() + queue.leased())
                    .as("unfinished batches")
                    .isZero();

            slow.delay(Duration.ZERO);
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void batchesWithHangingCopiesAreReleasedBeforeTheStopTimeout(EmulatedMigration migration) throws SQLException {
        migration
                .seed(160)
                .with("STOP_TIMEOUT_SECONDS", SHORT_SECONDS)
                .with("LEASE_SECONDS", 60)
                .with("COPY_CONCURRENCY", 1);
        try (QueueInspector queue = migration.queue();
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = migration.producer();
            MigrationProgram consumer = migration.consumer();
            Await.until("batches are claimed", () -> queue.leased() >= 3);
            migration.servers().store().freeze();
            try {
                assertStops(producer, SHORT_SECONDS);
                assertStops(consumer, SHORT_SECONDS);
            } finally {
                migration.servers().store().thaw();
            }
            assertThat(consumer.log())
                    .contains("released; it will be claimed again")
                    .doesNotContain("could not be released");
            assertThat(queue.leased()).isZero();
            assertThat(queue.pending()).isPositive();
            assertThat(queue.attempts())
                    .as("a clean stop doesn't count as an attempt")
                    .isLessThanOrEqualTo(1);
            migration.consumer();
            guarantees.hold(migration.producer(), 0);
        }
    }

    private static void assertStops(MigrationProgram process, int seconds) {
        process.terminate();
        assertThat(process.exitCode(Duration.ofSeconds(seconds))).isEqualTo(STOPPED_BY_SIGTERM);
        assertThat(process.log()).doesNotContain("ending now");
    }
}
