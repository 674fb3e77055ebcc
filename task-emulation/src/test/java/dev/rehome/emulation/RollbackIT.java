package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertMigrates;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.RowLock;
import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator takes a migration back, lists failures and requeues them, all with the producer's own commands. */
@ExtendWith(EmulatedMigrationExtension.class)
final class RollbackIT {
    private static final int ROWS = 160;
    private static final String LEFT_IN_ROLLBACK = "SELECT COUNT(*) FROM rehome_mapping_rollback";

    @Test
    @SuppressWarnings("try")
    void rollbackThatIsKilledIsContinuedAndTheNextRunMigratesAgain(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(ROWS).with("BATCH_SIZE", 5);
        Map<Long, String> before = locations(migration);
        assertMigrates(0, migration);
        Map<Long, String> expected = new HashMap<>(before);
        migration.execute("UPDATE `user profile` SET avatar_key = 'mine/1' WHERE id = 1");
        migration.execute("UPDATE `user profile` SET avatar_key = NULL WHERE id = 5");
        migration.execute("DELETE FROM `user profile` WHERE id = 15");
        expected.put(1L, "mine/1");
        expected.put(5L, null);
        expected.remove(15L);
        String lost = before.get(66L);
        Bucket.legacy(migration).delete(lost);
        String kept = locations(migration).get(66L);
        expected.put(66L, kept);

        try (RowLock application = new RowLock(migration, "id = 80")) {
            MigrationProcess killed = migration.producerProcess(Map.of(), "rollback");
            Await.until("a batch is rolled back", Await.RUN, () -> migration.number(LEFT_IN_ROLLBACK) > 0);
            killed.kill();
        }
        assertThat(locations(migration)).as("in the middle").isNotEqualTo(expected);

        assertThat(operator.expect(3, "rollback"))
                .containsPattern("changed +2 ")
                .containsPattern("deleted +1 ")
                .containsPattern("kept +1 ");
        assertThat(locations(migration)).isEqualTo(expected);
        assertThat(migration.execute("SELECT DISTINCT CAST(updated_at AS CHAR) FROM `user profile` WHERE id > 5"))
                .as("timestamps are kept")
                .containsExactly("2020-01-01 00:00:00");

        assertMigrates(0, migration);
        expected.replaceAll((id, value) -> SampleRow.isLegacy(value) ? SampleRow.targetOf(value) : value);
        assertThat(locations(migration)).isEqualTo(expected);
    }

    @Test
    void rollbackOfARunInProgressIsRefusedUntilItIsHeldAndItsProducerStopped(EmulatedMigration migration)
            throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(ROWS).with("BATCH_SIZE", 5).with("MAX_OPEN_BATCHES", 2);
        try (StoreGate store = new StoreGate(migration, 18)) {
            // The consumer looks for a third batch, and notices the pause, while two wait at the gate.
            migration.with("BATCHES_IN_FLIGHT", 3);
            MigrationProcess producer = migration.producerProcess();
            MigrationProcess consumer = migration.consumerProcess();
            migration.awaitMigrated(10);
            assertThat(operator.expect(2, "rollback")).contains("is in progress");

            operator.expect(0, "pause", "to", "roll", "back");
            consumer.awaitLog("Claiming no batches for now: paused");
            store.open();
            Await.until(
                    "no batch is in flight",
                    Await.RUN,
                    () -> operator.command("status").contains(" 0 in flight"));
            assertThat(operator.expect(1, "rollback")).contains("A producer or another command holds the lock");
            producer.kill();
            consumer.kill();

            operator.expect(0, "rollback");
            assertThat(migration.migrated()).isZero();
        }
    }

    private static Map<Long, String> locations(EmulatedMigration migration) throws SQLException {
        Map<Long, String> locations = new HashMap<>();
        for (String row : migration.execute(
                "SELECT CONCAT(id, ' ', COALESCE(CONCAT('=', avatar_key), '')) FROM `user profile`")) {
            String[] parts = row.split(" ", 2);
            locations.put(Long.valueOf(parts[0]), parts[1].isEmpty() ? null : parts[1].substring(1));
        }
        return locations;
    }
}
