package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.ExitCode;
import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.application.LiveApplication;
import dev.rehome.emulation.application.SingleWrites;
import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.fault.RowLock;
import dev.rehome.emulation.fault.ScriptCall;
import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Wire;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MariaDB dies, drops connections, or keeps rows locked or uncommitted: the migration waits and continues. */
@ExtendWith(EmulatedMigrationExtension.class)
final class MariaDbFaultsIT {
    @Test
    void migrationAndApplicationContinueAfterAKill(EmulatedMigration migration) throws SQLException {
        try (StoreGate store = new StoreGate(migration.seed(100), 30);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = migration.producer();
            migration.consumer();
            try (LiveApplication application = new LiveApplication(migration, 1, Duration.ofMillis(100))) {
                migration.awaitMigrated(20);
                migration.servers().database().kill();
                producer.awaitLog("retrying");
                migration.servers().database().restart();
                application.awaitWrite();
                store.open();
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void abortWhileItIsAwayEndsTheRunAndTheNextStartContinuesIt(EmulatedMigration migration) throws SQLException {
        Operator operator = new Operator(migration);
        migration.seed(200).with("COPY_CONCURRENCY", 1).with("BATCH_SIZE", 5);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = migration.producer();
            MigrationProgram consumer = migration.consumer();
            migration.awaitMigrated(10);
            migration.servers().database().kill();
            producer.awaitLog("retrying");

            operator.expect(0, "abort", "--yes", "--reason", "no database");

            assertEnds(ExitCode.FAILED, producer);
            consumer.terminate();
            migration.servers().database().restart();
            MigrationProgram next = migration.producer();
            migration.consumer();
            guarantees.hold(next, 0);
            assertThat(next.log()).contains("The run was stopped: no database; this start continues it");
        }
    }

    @Test
    void droppedConnectionsAreReplacedAndAnOpenUpdateIsRolledBack(EmulatedMigration migration) throws SQLException {
        migration.seed(160).with("COPY_CONCURRENCY", 1);
        try (TcpProxy database = Wire.database(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault duringUpdate = database.before(
                    Wire.UPDATE_ROWS, 0, () -> database.before(Wire.COMMIT, 0, () -> Wire.dropConnections(migration)));
            MigrationProgram producer =
                    migration.withProducers(Wire.databaseAt(database)).producer();
            migration.consumer();
            producer.awaitLog("Lost the connection that held the leader lock");
            for (int rows = 20; rows <= 80; rows += 20) {
                migration.awaitMigrated(rows);
                Wire.dropConnections(migration);
            }
            guarantees.hold(producer, 0);
            assertThat(duringUpdate.injected()).isOne();
        }
    }

    @Test
    @SuppressWarnings("try")
    void lockedRowDelaysItsBatchAloneAndOutcomesThatVanishAreRecordedAgain(EmulatedMigration migration)
            throws SQLException {
        migration.seed(100);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer;
            try (RowLock application = new RowLock(migration, "id = 10")) {
                producer = migration.producer();
                migration.consumer();
                producer.awaitLog("Lock wait timeout");
                // The batches after it are applied.
                migration.awaitMigrated(60);
                // No row of the locked batch is changed, and none of them is locked for others.
                CatalogRows.of(migration)
                        .forEach((id, row) -> assertThat(
                                        id <= 20 && migration.journal().isMigrated(row.location()))
                                .as("row " + id)
                                .isFalse());
                // The update reaches row 9 before the locked row.
                updateWithin30Seconds(migration, 9);
                // As a failover to a primary without the last commits would.
                migration.execute("DELETE FROM rehome_mapping WHERE batch_id ="
                        + " (SELECT * FROM (SELECT batch_id FROM rehome_mapping WHERE k1 = 10) AS locked)");
            }
            producer.awaitLog("outcomes are missing from the mapping table; requeued");
            guarantees.hold(producer, 0);
        }
    }

    private static void updateWithin30Seconds(EmulatedMigration migration, int row) throws SQLException {
        try (Connection other = migration.connect();
                Statement statement = other.createStatement()) {
            statement.execute("SET innodb_lock_wait_timeout = 30");
            statement.executeUpdate("UPDATE `user profile` SET updated_at = updated_at WHERE id = " + row);
        }
    }

    @Test
    void rowCommittedAfterTheScanPassedItIsFoundByTheNextPass(EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        SingleWrites application = new SingleWrites(migration);
        application.delete(5);
        try (TcpProxy redis = Wire.redis(migration);
                Guarantees guarantees = new Guarantees(migration);
                Connection transaction = migration.connect()) {
            transaction.setAutoCommit(false);
            WrittenRow late = new WrittenRow("late", "user_image/5/5.jpg", "2021-01-01 00:00:00");
            application.insert(transaction, 5, late);
            WireFault betweenPasses = redis.before(ScriptCall.of("begin_pass"), 1, () -> {
                transaction.commit();
                migration.journal().committed(5, Optional.of(late));
            });
            MigrationProgram producer =
                    migration.withProducers(Wire.redisAt(redis)).producer();
            migration.consumer();
            guarantees.hold(producer, 0);
            assertThat(betweenPasses.injected()).isOne();
        }
    }
}
