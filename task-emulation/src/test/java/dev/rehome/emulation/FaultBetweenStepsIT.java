package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.FrozenProcess;
import dev.rehome.emulation.fault.RowLock;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Wire;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A fault other than the death of a process, exactly between two steps; {@link FailpointIT} kills processes there. */
@ExtendWith(EmulatedMigrationExtension.class)
final class FaultBetweenStepsIT {
    @Test
    @DisplayName("P5 the producer is killed while its update waits for a row")
    @SuppressWarnings("try")
    void updateOfAKilledProducerIsRolledBack(EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram next;
            try (RowLock application = new RowLock(migration, "id = 30")) {
                MigrationProcess killed = migration.producerProcess();
                migration.consumer();
                Await.until("the update waits for the row", () -> isUpdateWaiting(migration));
                killed.kill();
                next = migration.producer();
                next.awaitLog("The queue holds");
            }
            guarantees.hold(next, 0);
        }
    }

    private static boolean isUpdateWaiting(EmulatedMigration migration) throws SQLException {
        return migration.number("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '"
                        + EmulatedMigration.USER + "' AND TIME_MS > 200 AND INFO LIKE 'UPDATE%STRAIGHT_JOIN%'")
                == 1;
    }

    @Test
    @DisplayName(
            "C5, C6 consumers are frozen before their outcomes and before COMMIT, and another finishes their batches")
    void outcomesOfThawedConsumersChangeNothing(EmulatedMigration migration) throws SQLException {
        migration.seed(100);
        try (TcpProxy database = Wire.database(migration);
                TcpProxy other = Wire.database(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = migration.producerProcess();
            FrozenProcess beforeOutcomes = new FrozenProcess(database, Wire.INSERT_OUTCOMES, 0);
            beforeOutcomes.started(migration.consumerProcess(Wire.databaseAt(database)));
            beforeOutcomes.awaitFrozen();
            FrozenProcess beforeCommit = new FrozenProcess(other, Wire.COMMIT, 0);
            beforeCommit.started(migration.consumerProcess(Wire.databaseAt(other)));
            beforeCommit.awaitFrozen();
            producer.awaitLog("batches whose leases expired");
            migration.consumer();
            assertEnds(0, producer);
            guarantees.judge();
            List<String> outcomes = outcomes(migration);
            assertEnds(0, beforeOutcomes.thaw());
            assertEnds(0, beforeCommit.thaw());
            assertThat(outcomes(migration)).isEqualTo(outcomes);
            guarantees.hold(0);
        }
    }

    @Test
    @DisplayName("P9 the producer is frozen before COMMIT")
    void frozenProducerDelaysTheApplicationForSecondsOnly(EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        try (TcpProxy database = Wire.database(migration);
                Guarantees guarantees = new Guarantees(migration);
                Connection application = migration.connect();
                Statement statement = application.createStatement()) {
            FrozenProcess producer = new FrozenProcess(database, Wire.COMMIT, 1);
            producer.started(migration.withProducers(Wire.databaseAt(database)).producerProcess());
            migration.consumer();
            producer.awaitFrozen();
            // The server rolls the update back after five seconds; the rest is for a slow machine.
            statement.execute("SET innodb_lock_wait_timeout = 60");
            statement.executeUpdate("UPDATE `user profile` SET updated_at = updated_at");
            MigrationProgram next = migration.producer();
            assertEnds(0, next);
            guarantees.judge();
            assertEnds(0, producer.thaw());
            guarantees.hold(0);
        }
    }

    private static List<String> outcomes(EmulatedMigration migration) throws SQLException {
        return migration.execute("SELECT CONCAT_WS(' ', HEX(batch_id), record_no, outcome, new_location, recorded_at)"
                + " FROM rehome_mapping ORDER BY batch_id, record_no");
    }
}
