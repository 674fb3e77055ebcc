package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A canary moves exactly as many records as asked for, and the next run the others. */
@ExtendWith(EmulatedMigrationExtension.class)
final class CanaryIT {
    private static final Map<String, String> NOTHING_ELSE = Map.of();

    @Test
    void canaryMovesExactlyItsRecordsAndTheNextRunTheOthers(EmulatedMigration migration) throws SQLException {
        migration.seed(120);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram consumer = migration.consumer();
            MigrationProgram canary = canary(migration, 33);
            assertEnds(0, canary);
            assertThat(canary.log())
                    .contains("Canary of 33: 33 records of run 1 are done; the rest of the table is untouched")
                    .containsPattern("verified +33")
                    .endsWith("The canary succeeded. `producer run` continues run 1 with the other records.\n");
            assertThat(migration.migrated()).isEqualTo(33);
            assertThat(migration.runState()).isEqualTo("RUNNING");
            assertThat(consumer.isAlive()).as(consumer.tail()).isTrue();

            MigrationProgram run = migration.producer();
            guarantees.hold(run, 0);
            assertThat(run.log()).contains("Run 1 resumed").contains("Pass 1: resuming after row key");
        }
    }

    @Test
    void canaryKilledInTheMiddleMovesTheRestOfItsRecords(EmulatedMigration migration) throws SQLException {
        try (StoreGate store = new StoreGate(migration.seed(160), 30);
                Guarantees guarantees = new Guarantees(migration)) {
            migration.consumer();
            MigrationProcess killed = migration.producerProcess(Map.of(), "run", "--canary", "130");
            migration.awaitMigrated(20);
            killed.kill();
            store.open();

            MigrationProgram canary = canary(migration, 130);
            assertEnds(0, canary);
            assertThat(canary.log()).contains("Run 1 resumed").containsPattern("verified +130");
            assertThat(migration.migrated()).isEqualTo(130);
            guarantees.hold(migration.producer(), 0);
        }
    }

    @Test
    void damagedCopyFailsTheCanary(EmulatedMigration migration) throws SQLException {
        migration.seed(100);
        migration.consumer();
        assertThat(canary(migration, 10).exitCode(Await.RUN)).isZero();
        List<String> moved = migration.execute(
                "SELECT new_location FROM " + EmulatedMigration.MAPPING_TABLE + " WHERE outcome = 'MIGRATED' LIMIT 1");
        Bucket.target(migration).delete(moved.get(0));

        MigrationProgram again = canary(migration, 10);
        assertEnds(1, again);
        assertThat(again.log())
                .containsPattern("different +1")
                .contains(moved.get(0) + ", which doesn't exist")
                .contains("The canary FAILED");
        assertThat(migration.migrated()).isEqualTo(10);
    }

    private static MigrationProgram canary(EmulatedMigration migration, int records) {
        return migration.producer(NOTHING_ELSE, "run", "--canary", Integer.toString(records));
    }
}
