package dev.rehome.emulation;

import dev.rehome.emulation.fault.RowLock;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Wire;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The primary turns read-only or dies during a transaction of the migrator, or comes back without its last commits. */
@ExtendWith(EmulatedMigrationExtension.class)
final class FailoverIT {
    /** A transaction of the migrator, with the first bytes of its writing statement. */
    private enum Transaction {
        UPDATE_ROWS(Wire.UPDATE_ROWS),
        INSERT_OUTCOMES(Wire.INSERT_OUTCOMES);

        private final String statement;

        Transaction(String statement) {
            this.statement = statement;
        }

        /** Starts the process of this transaction behind the proxy; returns it. */
        MigrationProcess start(EmulatedMigration migration, TcpProxy database) {
            return this == UPDATE_ROWS
                    ? migration.withProducers(Wire.databaseAt(database)).producer()
                    : migration.consumer(Wire.databaseAt(database));
        }

        /** Starts the process of the other transaction. */
        MigrationProcess startOther(EmulatedMigration migration) {
            return this == UPDATE_ROWS ? migration.consumer() : migration.producer();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readOnlyPrimaryIsWaitedFor(Transaction transaction, EmulatedMigration migration) throws SQLException {
        migration.seed(160);
        try (TcpProxy database = Wire.database(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            database.before(transaction.statement, 0, () -> migration.execute("SET GLOBAL read_only = 1"));
            MigrationProcess interrupted = transaction.start(migration, database);
            MigrationProcess other = transaction.startOther(migration);
            try {
                interrupted.awaitLog("--read-only");
            } finally {
                migration.execute("SET GLOBAL read_only = 0");
            }
            guarantees.hold(transaction == Transaction.UPDATE_ROWS ? interrupted : other, 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void primaryKilledBeforeCommitIsWaitedFor(Transaction transaction, EmulatedMigration migration)
            throws SQLException {
        migration.seed(160);
        try (TcpProxy database = Wire.database(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault killed = database.before(
                    Wire.COMMIT, 0, () -> migration.servers().database().kill());
            MigrationProcess interrupted = transaction.start(migration, database);
            MigrationProcess other = transaction.startOther(migration);
            Await.until("the primary is killed", () -> killed.injected() > 0);
            migration.servers().database().restart();
            guarantees.hold(transaction == Transaction.UPDATE_ROWS ? interrupted : other, 0);
        }
    }

    @Test
    @SuppressWarnings("try")
    void batchWithoutItsOutcomesIsCopiedAgain(EmulatedMigration migration) throws SQLException {
        migration.seed(100);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer;
            try (RowLock application = new RowLock(migration, "id = 10")) {
                producer = migration.producer();
                migration.consumer();
                // The batch is complete, and the lock keeps it from being applied.
                producer.awaitLog("Lock wait timeout");
                migration.execute("DELETE FROM rehome_mapping WHERE batch_id ="
                        + " (SELECT * FROM (SELECT batch_id FROM rehome_mapping WHERE k1 = 10) AS locked)");
            }
            producer.awaitLog("outcomes are missing from the mapping table; requeued");
            guarantees.hold(producer, 0);
        }
    }
}
