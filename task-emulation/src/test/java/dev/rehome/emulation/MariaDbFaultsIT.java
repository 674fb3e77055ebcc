package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.application.LiveApplication;
import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.MigrationProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MariaDB dies, turns read-only, drops connections or keeps rows locked: it is waited out. */
@ExtendWith(EmulatedMigrationExtension.class)
final class MariaDbFaultsIT {
    @Test
    void killedDatabaseGoesOnAndSoDoesTheApplication(EmulatedMigration migration) throws SQLException {
        migration.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = migration.producer();
            migration.consumer();
            try (LiveApplication application = new LiveApplication(migration, 1, Duration.ofMillis(100))) {
                migration.awaitMigrated(20);
                migration.servers().database().kill();
                producer.awaitLog("retrying");
                migration.servers().database().restart();
                migration.awaitMigrated(60);
                application.awaitWrite();
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void readOnlyServerIsWaitedOut(EmulatedMigration migration) throws SQLException {
        migration.seed(200).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = migration.producer();
            MigrationProcess consumer = migration.consumer();
            migration.awaitMigrated(20);
            execute(migration, "SET GLOBAL read_only = 1");
            try {
                consumer.awaitLog("--read-only");
            } finally {
                execute(migration, "SET GLOBAL read_only = 0");
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void droppedConnectionsAreMadeAnew(EmulatedMigration migration) throws SQLException {
        migration.seed(200).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = migration.producer();
            migration.consumer();
            for (int rows = 20; rows <= 80; rows += 20) {
                migration.awaitMigrated(rows);
                migration.dropConnections();
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void lockedRowHoldsItsBatchUpAndNothingElse(EmulatedMigration migration) throws SQLException {
        migration.seed(100);
        try (Guarantees guarantees = new Guarantees(migration);
                Connection application = migration.connect();
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM `user profile` WHERE id = 10 FOR UPDATE");
            MigrationProcess producer = migration.producer();
            migration.consumer();
            producer.awaitLog("Lock wait timeout");
            // The batches behind it go on.
            migration.awaitMigrated(60);
            // Not one row of the batch is changed by halves, and none of them is locked for others.
            CatalogRows.of(migration)
                    .forEach((id, row) -> assertThat(
                                    id <= 20 && migration.journal().isMigrated(row.location()))
                            .as("row " + id)
                            .isFalse());
            // The update comes to row 9 before it comes to the locked one.
            updateWithin5Seconds(migration, 9);
            application.rollback();
            guarantees.hold(producer, 0);
        }
    }

    private static void updateWithin5Seconds(EmulatedMigration migration, int row) throws SQLException {
        try (Connection other = migration.connect();
                Statement statement = other.createStatement()) {
            statement.execute("SET innodb_lock_wait_timeout = 5");
            statement.executeUpdate("UPDATE `user profile` SET updated_at = updated_at WHERE id = " + row);
        }
    }

    @Test
    void rowCommittedBehindTheScanIsFoundByTheNextPass(EmulatedMigration migration) throws SQLException {
        migration.seed(100).with("PASS_DELAY_SECONDS", 2);
        try (Guarantees guarantees = new Guarantees(migration);
                Connection application = migration.connect();
                Statement statement = application.createStatement()) {
            execute(migration, "DELETE FROM `user profile` WHERE id = 5");
            migration.journal().committed(5, Optional.empty());
            application.setAutoCommit(false);
            WrittenRow late = new WrittenRow("late", "user_image/5/5.jpg", "2021-01-01 00:00:00");
            statement.executeUpdate("INSERT INTO `user profile` (id, name, avatar_key, updated_at) VALUES (5, '"
                    + late.name() + "', '" + late.location() + "', '" + late.stamp() + "')");
            MigrationProcess producer = migration.producer();
            migration.consumer();
            producer.awaitLog("Pass 1 finished");
            application.commit();
            migration.journal().committed(5, Optional.of(late));
            guarantees.hold(producer, 0);
        }
    }

    private static void execute(EmulatedMigration migration, String sql) throws SQLException {
        try (Connection connection = migration.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
