package dev.rehome.emulation;

import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Trigger;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The primary turns read-only or dies while a transaction of ours is open, or comes back without what it had. */
@ExtendWith(OnStage.class)
final class FailoverIT {
    private static final String COMMIT = "\7\0\0\0\3COMMIT";

    @Test
    void primaryThatTurnsReadOnlyWithinTheUpdateIsWaitedOut(MigrationStage stage) throws SQLException {
        stage.seed(160);
        try (TcpProxy database = new TcpProxy(stage.servers().database().port());
                Guarantees guarantees = new Guarantees(stage)) {
            database.before("STRAIGHT_JOIN", 0, () -> readOnly(stage, 1));
            MigrationProcess producer = stage.producer(port(database), "run");
            stage.consumer();
            try {
                producer.awaitLog("--read-only");
            } finally {
                readOnly(stage, 0);
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void primaryThatTurnsReadOnlyWithinTheInsertOfOutcomesIsWaitedOut(MigrationStage stage) throws SQLException {
        stage.seed(160);
        try (TcpProxy database = new TcpProxy(stage.servers().database().port());
                Guarantees guarantees = new Guarantees(stage)) {
            database.before(outcomes(stage), 0, () -> readOnly(stage, 1));
            MigrationProcess producer = stage.producer();
            MigrationProcess consumer = stage.consumer(port(database));
            try {
                consumer.awaitLog("--read-only");
            } finally {
                readOnly(stage, 0);
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void primaryThatDiesBetweenUpdateAndCommitIsWaitedOut(MigrationStage stage) throws SQLException {
        stage.seed(160);
        try (TcpProxy database = new TcpProxy(stage.servers().database().port());
                Guarantees guarantees = new Guarantees(stage)) {
            Trigger died =
                    database.before(COMMIT, 0, () -> stage.servers().database().kill());
            MigrationProcess producer = stage.producer(port(database), "run");
            stage.consumer();
            restartOnce(stage, died);
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void primaryThatDiesBetweenInsertOfOutcomesAndCommitIsWaitedOut(MigrationStage stage) throws SQLException {
        stage.seed(160);
        try (TcpProxy database = new TcpProxy(stage.servers().database().port());
                Guarantees guarantees = new Guarantees(stage)) {
            Trigger died =
                    database.before(COMMIT, 0, () -> stage.servers().database().kill());
            MigrationProcess producer = stage.producer();
            stage.consumer(port(database));
            restartOnce(stage, died);
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void batchWhoseOutcomesAreGoneIsCopiedAgain(MigrationStage stage) throws SQLException {
        stage.seed(100);
        try (Guarantees guarantees = new Guarantees(stage);
                Connection application = stage.connect();
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM `user profile` WHERE id = 10 FOR UPDATE");
            MigrationProcess producer = stage.producer();
            stage.consumer();
            // Complete, and kept from being applied.
            producer.awaitLog("Lock wait timeout");
            stage.execute("DELETE FROM rehome_mapping WHERE batch_id = x'" + batchOf(stage, 10) + "'");
            application.rollback();
            producer.awaitLog("outcomes are missing; giving it back");
            guarantees.hold(producer, 0);
        }
    }

    private static String batchOf(MigrationStage stage, int row) throws SQLException {
        try (Connection connection = stage.connect();
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT HEX(batch_id) FROM rehome_mapping WHERE k1 = " + row)) {
            found.next();
            return found.getString(1);
        }
    }

    private static void restartOnce(MigrationStage stage, Trigger died) {
        Patience.until("the primary dies", () -> died.struck() > 0);
        stage.servers().database().restart();
    }

    private static String outcomes(MigrationStage stage) {
        return "INSERT INTO `" + stage.name() + "`.`" + MigrationStage.MAPPING + "` (";
    }

    private static Map<String, String> port(TcpProxy database) {
        return Map.of("DATABASE_PORT", Integer.toString(database.port()));
    }

    private static void readOnly(MigrationStage stage, int value) {
        try {
            stage.execute("SET GLOBAL read_only = " + value);
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
    }
}
