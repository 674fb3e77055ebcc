package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application and its administrator need the same locks: the migrator gives way and waits. */
@ExtendWith(EmulatedMigrationExtension.class)
final class ContendedTableIT {
    /** The longest that the migrator may block anybody: it gives way within seconds, a slow machine needs more. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    @Test
    void deadlockIsResolvedAgainstTheMigrator(EmulatedMigration migration) throws Exception {
        migration.seed(400);
        migration.execute("CREATE TABLE ballast AS SELECT a.id FROM `user profile` a, `user profile` b LIMIT 2000");
        // The default from MariaDB 11.6 on: on REPEATABLE READ it would add error 1020 to the deadlocks.
        migration.execute("SET GLOBAL innodb_snapshot_isolation = ON");
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = contended(migration);
            guarantees.hold(producer, 0);
            assertThat(producer.log()).doesNotContain("Record has changed since last read");
        } finally {
            migration.execute("SET GLOBAL innodb_snapshot_isolation = OFF");
        }
    }

    /** Starts a migration against an application that locks the same rows, until a deadlock has occurred. */
    private static MigrationProgram contended(EmulatedMigration migration) throws SQLException {
        Contender application = new Contender(migration, 0);
        try {
            MigrationProgram producer = migration.producer();
            migration.consumer();
            for (int tries = 0; !producer.log().contains("Deadlock found"); tries++) {
                assertThat(tries).as("attempts to cause a deadlock").isLessThan(14);
                Await.until(
                        "the update waits for a row",
                        // INNODB_TRX isn't refreshed while it is read more often than every 0.1 s.
                        () -> migration.number("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS"
                                        + " WHERE VARIABLE_NAME = 'INNODB_ROW_LOCK_CURRENT_WAITS'")
                                > 0);
                assertThat(application.lockEarlierRow()).isLessThan(BOUND);
                // Take the next lock before releasing this one: everything could be migrated in between.
                Contender next = new Contender(migration, application.last() + 20);
                application.close();
                application = next;
            }
            return producer;
        } finally {
            application.close();
        }
    }

    /** A transaction of the application on two rows of one batch, the later one first. */
    private static final class Contender implements AutoCloseable {
        private final Connection connection;
        private final Statement statement;
        private final List<Long> rows = new ArrayList<>();

        /** Locks legacy rows with ids above {@code after}. */
        Contender(EmulatedMigration migration, long after) throws SQLException {
            connection = migration.connect();
            connection.setAutoCommit(false);
            statement = connection.createStatement();
            // Under REPEATABLE READ the query takes a snapshot, and locking rows that changed since would fail.
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
            try (ResultSet found = statement.executeQuery(
                    "SELECT id FROM `user profile` WHERE avatar_key LIKE 'user\\_image/%' AND id > " + after
                            + " ORDER BY id LIMIT 8")) {
                while (found.next()) {
                    rows.add(found.getLong(1));
                }
            }
            lock(last());
            // InnoDB rolls back the transaction that changed less, which must be the migrator's.
            statement.executeUpdate("INSERT INTO ballast SELECT id FROM ballast");
        }

        long last() {
            return rows.get(rows.size() - 1);
        }

        private void lock(long row) throws SQLException {
            statement.executeQuery("SELECT * FROM `user profile` WHERE id = " + row + " FOR UPDATE");
        }

        /** Returns how long it took. */
        Duration lockEarlierRow() throws SQLException {
            long begin = System.nanoTime();
            lock(rows.get(0));
            return Duration.ofNanos(System.nanoTime() - begin);
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    @Test
    void alterTableProceedsAndTheRunContinues(EmulatedMigration migration) throws Exception {
        try (StoreGate store = new StoreGate(migration.seed(100), 30);
                Guarantees guarantees = new Guarantees(migration);
                Connection application = migration.connect();
                Statement statement = application.createStatement()) {
            MigrationProgram producer = migration.producer();
            migration.consumer();
            migration.awaitMigrated(20);
            application.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM `user profile` WHERE id = 1");
            Callable<Boolean> alter = () -> {
                migration.execute("ALTER TABLE `user profile` ADD COLUMN remark INT");
                return true;
            };
            FutureTask<Boolean> altering = new FutureTask<>(alter);
            Thread administrator = new Thread(altering, "administrator");
            administrator.start();
            Await.until(
                    "the ALTER waits for the application",
                    () -> migration.number(
                                    "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'ALTER%'"
                                            + " AND STATE LIKE 'Waiting for table metadata lock%'")
                            > 0);
            store.open();
            producer.awaitLog("Lock wait timeout exceeded");
            application.commit();
            assertThat(altering.get(BOUND.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
            guarantees.hold(producer, 0);
        }
    }
}
