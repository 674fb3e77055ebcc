package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertMigrates;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis loses its data after consumers have recorded outcomes, and before the producer has counted them. */
@ExtendWith(EmulatedMigrationExtension.class)
final class WipedQueueIT {
    private static final String TOTALS =
            "SELECT SUM(%s) FROM " + EmulatedMigration.MAPPING_TABLE + "_batch WHERE run_no = 1";

    @Test
    void failuresThatWereNotCountedAreCountedOnceInTheTotalsAndTheReport(EmulatedMigration migration)
            throws SQLException {
        migration.seed(60).with("BATCH_SIZE", 10);
        SampleRow lost = SampleRow.of(44);
        Bucket.legacy(migration).delete(lost.location());
        long legacy = migration.number("SELECT COUNT(*) FROM `user profile` WHERE avatar_key LIKE 'user\\_image/%'");
        try (QueueInspector queue = migration.queue()) {
            MigrationProcess first = migration.producerProcess();
            Await.until("every batch is published", () -> queue.pending() == (legacy + 9) / 10);
            first.kill();
            MigrationProcess consumer = migration.consumerProcess();
            Await.until("every outcome is recorded", () -> queue.pending() == 0 && queue.leased() == 0);
            consumer.kill();
            Operator.wipe(queue);
        }
        assertThat(migration.number("SELECT COUNT(*) FROM rehome_mapping WHERE outcome = 'FAILED'"))
                .isOne();
        assertThat(migration.number("SELECT COUNT(*) FROM rehome_mapping_batch"))
                .isZero();

        MigrationProgram second = assertMigrates(3, migration);
        assertThat(second.log()).contains("NOT_FOUND: 1;").containsPattern("failed +1\\b");
        assertThat(migration.number(TOTALS.formatted("failed"))).isOne();
        assertThat(migration.number(TOTALS.formatted("migrated + changed + deleted + failed")))
                .isEqualTo(legacy);
    }
}
