package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.application.LiveApplication;
import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.CatalogRows;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MariaDB dies, turns read-only, drops connections or keeps rows locked: it is waited out. */
@ExtendWith(OnStage.class)
final class MariaDbFaultsIT {
    @Test
    void killedDatabaseGoesOnAndSoDoesTheApplication(MigrationStage stage) throws SQLException {
        stage.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            stage.consumer();
            try (LiveApplication application = new LiveApplication(stage, 1, Duration.ofMillis(100))) {
                stage.awaitMigrated(20);
                stage.servers().database().kill();
                producer.awaitLog("trying again");
                stage.servers().database().restart();
                stage.awaitMigrated(60);
                application.awaitWrite();
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void readOnlyServerIsWaitedOut(MigrationStage stage) throws SQLException {
        stage.seed(200).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            MigrationProcess consumer = stage.consumer();
            stage.awaitMigrated(20);
            execute(stage, "SET GLOBAL read_only = 1");
            try {
                consumer.awaitLog("--read-only");
            } finally {
                execute(stage, "SET GLOBAL read_only = 0");
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void droppedConnectionsAreMadeAnew(MigrationStage stage) throws SQLException {
        stage.seed(200).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            stage.consumer();
            for (int rows = 20; rows <= 80; rows += 20) {
                stage.awaitMigrated(rows);
                stage.dropConnections();
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void lockedRowHoldsItsBatchUpAndNothingElse(MigrationStage stage) throws SQLException {
        stage.seed(100);
        try (Guarantees guarantees = new Guarantees(stage);
                Connection application = stage.connect();
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM `user profile` WHERE id = 10 FOR UPDATE");
            MigrationProcess producer = stage.producer();
            stage.consumer();
            producer.awaitLog("Lock wait timeout");
            // The batches behind it go on.
            stage.awaitMigrated(60);
            // Not one row of the batch is changed by halves, and none of them is locked for others.
            CatalogRows.of(stage)
                    .forEach((id, row) -> assertThat(id <= 20 && stage.journal().isMigrated(row.location()))
                            .as("row " + id)
                            .isFalse());
            // The update comes to row 9 before it comes to the locked one.
            updateWithin5Seconds(stage, 9);
            application.rollback();
            guarantees.hold(producer, 0);
        }
    }

    private static void updateWithin5Seconds(MigrationStage stage, int row) throws SQLException {
        try (Connection other = stage.connect();
                Statement statement = other.createStatement()) {
            statement.execute("SET innodb_lock_wait_timeout = 5");
            statement.executeUpdate("UPDATE `user profile` SET updated_at = updated_at WHERE id = " + row);
        }
    }

    @Test
    void rowCommittedBehindTheScanIsFoundByTheNextPass(MigrationStage stage) throws SQLException {
        stage.seed(100).with("PASS_DELAY_SECONDS", 2);
        try (Guarantees guarantees = new Guarantees(stage);
                Connection application = stage.connect();
                Statement statement = application.createStatement()) {
            execute(stage, "DELETE FROM `user profile` WHERE id = 5");
            stage.journal().committed(5, Optional.empty());
            application.setAutoCommit(false);
            WrittenRow late = new WrittenRow("late", "user_image/5/5.jpg", "2021-01-01 00:00:00");
            statement.executeUpdate("INSERT INTO `user profile` (id, name, avatar_key, updated_at) VALUES (5, '"
                    + late.name() + "', '" + late.location() + "', '" + late.stamp() + "')");
            MigrationProcess producer = stage.producer();
            stage.consumer();
            producer.awaitLog("Pass 1 is done");
            application.commit();
            stage.journal().committed(5, Optional.of(late));
            guarantees.hold(producer, 0);
        }
    }

    private static void execute(MigrationStage stage, String sql) throws SQLException {
        try (Connection connection = stage.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
