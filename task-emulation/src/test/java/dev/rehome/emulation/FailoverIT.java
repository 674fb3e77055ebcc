package dev.rehome.emulation;

import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The primary turns read-only or dies while a transaction of ours is open, or comes back without what it had. */
@ExtendWith(EmulatedMigrationExtension.class)
final class FailoverIT {
    private static final String COMMIT = "\7\0\0\0\3COMMIT";

    @Test
    void primaryThatTurnsReadOnlyWithinTheUpdateIsWaitedOut(EmulatedMigration migration) throws SQLException {
        migration.seed(160);
        try (TcpProxy database = new TcpProxy(migration.servers().database().port());
                Guarantees guarantees = new Guarantees(migration)) {
            database.before("STRAIGHT_JOIN", 0, () -> readOnly(migration, 1));
            MigrationProcess producer = migration.producer(port(database), "run");
            migration.consumer();
            try {
                producer.awaitLog("--read-only");
            } finally {
                readOnly(migration, 0);
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void primaryThatTurnsReadOnlyWithinTheInsertOfOutcomesIsWaitedOut(EmulatedMigration migration) throws SQLException {
        migration.seed(160);
        try (TcpProxy database = new TcpProxy(migration.servers().database().port());
                Guarantees guarantees = new Guarantees(migration)) {
            database.before(outcomes(migration), 0, () -> readOnly(migration, 1));
            MigrationProcess producer = migration.producer();
            MigrationProcess consumer = migration.consumer(port(database));
            try {
                consumer.awaitLog("--read-only");
            } finally {
                readOnly(migration, 0);
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void primaryThatDiesBetweenUpdateAndCommitIsWaitedOut(EmulatedMigration migration) throws SQLException {
        migration.seed(160);
        try (TcpProxy database = new TcpProxy(migration.servers().database().port());
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault died = database.before(
                    COMMIT, 0, () -> migration.servers().database().kill());
            MigrationProcess producer = migration.producer(port(database), "run");
            migration.consumer();
            restartOnce(migration, died);
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void primaryThatDiesBetweenInsertOfOutcomesAndCommitIsWaitedOut(EmulatedMigration migration) throws SQLException {
        migration.seed(160);
        try (TcpProxy database = new TcpProxy(migration.servers().database().port());
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault died = database.before(
                    COMMIT, 0, () -> migration.servers().database().kill());
            MigrationProcess producer = migration.producer();
            migration.consumer(port(database));
            restartOnce(migration, died);
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void batchWhoseOutcomesAreGoneIsCopiedAgain(EmulatedMigration migration) throws SQLException {
        migration.seed(100);
        try (Guarantees guarantees = new Guarantees(migration);
                Connection application = migration.connect();
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM `user profile` WHERE id = 10 FOR UPDATE");
            MigrationProcess producer = migration.producer();
            migration.consumer();
            // Complete, and kept from being applied.
            producer.awaitLog("Lock wait timeout");
            migration.execute("DELETE FROM rehome_mapping WHERE batch_id = x'" + batchOf(migration, 10) + "'");
            application.rollback();
            producer.awaitLog("outcomes are missing from the mapping table; requeued");
            guarantees.hold(producer, 0);
        }
    }

    private static String batchOf(EmulatedMigration migration, int row) throws SQLException {
        try (Connection connection = migration.connect();
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT HEX(batch_id) FROM rehome_mapping WHERE k1 = " + row)) {
            found.next();
            return found.getString(1);
        }
    }

    private static void restartOnce(EmulatedMigration migration, WireFault died) {
        Await.until("the primary dies", () -> died.injected() > 0);
        migration.servers().database().restart();
    }

    private static String outcomes(EmulatedMigration migration) {
        return "INSERT INTO `" + migration.name() + "`.`" + EmulatedMigration.MAPPING_TABLE + "` (";
    }

    private static Map<String, String> port(TcpProxy database) {
        return Map.of("DATABASE_PORT", Integer.toString(database.port()));
    }

    private static void readOnly(EmulatedMigration migration, int value) {
        try {
            migration.execute("SET GLOBAL read_only = " + value);
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
    }
}
