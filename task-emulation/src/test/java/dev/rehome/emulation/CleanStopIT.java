package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM: batches are finished or given back, and the process is gone before the stop timeout ends. */
@ExtendWith(EmulatedMigrationExtension.class)
final class CleanStopIT {
    private static final int STOPPED_BY_SIGTERM = 143;

    @Test
    void batchesThatCannotBeFinishedInTimeAreGivenBack(EmulatedMigration migration) throws SQLException {
        migration
                .seed(200)
                .with("STOP_TIMEOUT_SECONDS", 5)
                .with("BATCH_SIZE", 50)
                .with("LEASE_SECONDS", 60);
        try (TcpProxy slow = new TcpProxy(migration.servers().store().port());
                Guarantees guarantees = new Guarantees(migration)) {
            slow.delay(Duration.ofMillis(500));
            MigrationProcess producer = migration.producer();
            MigrationProcess consumer =
                    migration.consumer(Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + slow.port()));
            awaitClaims(migration);
            stop(producer, consumer, 5);
            assertThat(consumer.log()).contains("given back");
            assertAllPending(migration, 4);
            migration.consumer();
            guarantees.hold(migration.producer(), 0);
        }
    }

    @Test
    void batchesWhoseCopiesHangAreGivenBackBeforeTheStopTimeoutEnds(EmulatedMigration migration) throws SQLException {
        migration
                .seed(160)
                .with("STOP_TIMEOUT_SECONDS", 5)
                .with("LEASE_SECONDS", 60)
                .with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = migration.producer();
            MigrationProcess consumer = migration.consumer();
            awaitClaims(migration);
            migration.servers().store().freeze();
            try {
                stop(producer, consumer, 5);
            } finally {
                migration.servers().store().thaw();
            }
            assertThat(consumer.log()).contains("given back").doesNotContain("not given back");
            try (QueueInspector queue = migration.queue()) {
                assertThat(queue.leased()).isZero();
                assertThat(queue.pending()).isPositive();
                assertThat(queue.attempts()).as("a clean stop is no attempt").isLessThanOrEqualTo(1);
            }
            migration.consumer();
            guarantees.hold(migration.producer(), 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 120})
    void batchesThatCanBeFinishedAreFinished(int seconds, EmulatedMigration migration) throws SQLException {
        migration
                .seed(200)
                .with("STOP_TIMEOUT_SECONDS", seconds)
                .with("BATCH_SIZE", 25)
                .with("LEASE_SECONDS", 60);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = migration.producer();
            MigrationProcess consumer = migration.consumer(Map.of("COPY_CONCURRENCY", "1"));
            awaitClaims(migration);
            stop(producer, consumer, seconds);
            assertThat(consumer.log()).doesNotContain("given back");
            migration.consumer();
            guarantees.hold(migration.producer(), 0);
        }
    }

    private static void awaitClaims(EmulatedMigration migration) {
        try (QueueInspector queue = migration.queue()) {
            Await.until("batches are claimed", () -> queue.leased() >= 3);
        }
    }

    private static void assertAllPending(EmulatedMigration migration, int batches) {
        try (QueueInspector queue = migration.queue()) {
            assertThat(queue.leased()).isZero();
            assertThat(queue.pending()).isEqualTo(batches);
            assertThat(queue.attempts()).as("a clean stop is no attempt").isZero();
        }
    }

    private static void stop(MigrationProcess producer, MigrationProcess consumer, int seconds) {
        producer.terminate();
        consumer.terminate();
        Duration timeout = Duration.ofSeconds(seconds);
        assertThat(producer.exitCode(timeout)).isEqualTo(STOPPED_BY_SIGTERM);
        assertThat(consumer.exitCode(timeout)).isEqualTo(STOPPED_BY_SIGTERM);
        assertThat(consumer.log() + producer.log()).doesNotContain("ending now");
    }
}
