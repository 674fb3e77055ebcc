package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.PoisonedConsumers;
import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every record is counted once, whatever its outcome, and each failure is a row of the mapping table. */
@ExtendWith(EmulatedMigrationExtension.class)
final class EveryRecordCountsIT {
    private static final SampleRow POISON = SampleRow.of(40);
    private static final SampleRow LOST = SampleRow.of(44);

    @Test
    void totalsOfARunEqualItsRecords(EmulatedMigration migration) throws SQLException {
        // With a single attempt, another batch in flight would become a dead letter together with the poisoned one.
        migration.seed(60).with("BATCH_SIZE", 2).with("MAX_ATTEMPTS", 1).with("BATCHES_IN_FLIGHT", 1);
        migration.execute("ALTER TABLE `user profile` MODIFY avatar_key VARBINARY(300) NULL");
        // Not valid text in any character set: no request to S3 can contain this key.
        migration.execute("UPDATE `user profile` SET avatar_key = CONCAT('user_image/', x'FF') WHERE id = 20");
        Bucket.legacy(migration).delete(LOST.location());
        long legacy = migration.number("SELECT COUNT(*) FROM `user profile` WHERE avatar_key LIKE 'user\\_image/%'");

        MigrationProgram producer = migration.producer();
        try (QueueInspector queue = migration.queue()) {
            Await.until("every batch is published", () -> queue.pending() == legacy / 2);
        }
        migration.execute("UPDATE `user profile` SET avatar_key = 'mine/30' WHERE id = 30");
        migration.execute("DELETE FROM `user profile` WHERE id = 31");
        try (PoisonedConsumers consumers = new PoisonedConsumers(migration, POISON.location())) {
            consumers.workUntilTheEndOf(producer, 1);
        }

        assertEnds(3, producer);
        assertThat(producer.log())
                .contains("KEY_REFUSED: 1;")
                .contains("NOT_FOUND: 1;")
                .contains("ATTEMPTS_EXHAUSTED: 1;")
                .contains("aren't valid text");
        String totals = "SELECT SUM(%s) FROM " + EmulatedMigration.MAPPING_TABLE + "_batch WHERE run_no = 1";
        assertThat(migration.number(totals.formatted("changed"))).isOne();
        assertThat(migration.number(totals.formatted("deleted"))).isOne();
        assertThat(migration.number(totals.formatted("failed"))).isEqualTo(3);
        assertThat(migration.number(totals.formatted("migrated + changed + deleted + failed")))
                .as("scanned")
                .isEqualTo(legacy)
                .isEqualTo(migration.number("SELECT COUNT(DISTINCT k1) FROM " + EmulatedMigration.MAPPING_TABLE));
        assertThat(migration.number("SELECT COUNT(DISTINCT m.k1) FROM " + EmulatedMigration.MAPPING_TABLE
                        + " m JOIN `user profile` t"
                        + " ON t.id = m.k1 AND t.avatar_key = m.old_location WHERE m.outcome = 'FAILED'"
                        + " AND m.code IS NOT NULL AND m.message IS NOT NULL"))
                .as("every legacy row that is left has its reason in the mapping table")
                .isEqualTo(3)
                .isEqualTo(
                        migration.number("SELECT COUNT(*) FROM `user profile` WHERE avatar_key LIKE 'user\\_image/%'"));
    }
}
