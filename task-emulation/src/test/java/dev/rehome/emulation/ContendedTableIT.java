package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.SlowStore;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application and its administrator want the same locks: we give way, and wait. */
@ExtendWith(OnStage.class)
final class ContendedTableIT {
    /** How long we may keep anybody waiting; on a busy machine, too. */
    private static final Duration BOUND = Duration.ofSeconds(3);

    @Test
    void deadlockIsOurTroubleAndNotTheApplications(MigrationStage stage) throws Exception {
        stage.seed(100);
        stage.execute("CREATE TABLE ballast AS SELECT a.id FROM `user profile` a, `user profile` b LIMIT 2000");
        // The default from MariaDB 11.6 on: on REPEATABLE READ it would add error 1020 to the deadlocks.
        stage.execute("SET GLOBAL innodb_snapshot_isolation = ON");
        try (Guarantees guarantees = new Guarantees(stage);
                Connection application = stage.connect();
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            MigrationProcess producer = null;
            for (int tries = 0; producer == null || !producer.log().contains("Deadlock found"); tries++) {
                assertThat(tries).as("tries to make a deadlock").isLessThan(20);
                // InnoDB undoes the transaction that changed less: that is to be ours.
                statement.executeUpdate("UPDATE ballast SET id = id + 1");
                statement.executeQuery("SELECT * FROM `user profile` WHERE id = 10 FOR UPDATE");
                if (producer == null) {
                    producer = stage.producer();
                    stage.consumer();
                }
                Patience.until(
                        "the update waits for row 10",
                        () -> holds(
                                stage,
                                "SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'"));
                long begin = System.nanoTime();
                statement.executeQuery("SELECT * FROM `user profile` WHERE id = 5 FOR UPDATE");
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);
                application.rollback();
            }
            guarantees.hold(producer, 0);
            assertThat(producer.log()).doesNotContain("Record has changed since last read");
        } finally {
            stage.execute("SET GLOBAL innodb_snapshot_isolation = OFF");
        }
    }

    @Test
    void alterTableOfTheAdministratorGetsItsTurnAndTheRunGoesOn(MigrationStage stage) throws Exception {
        try (SlowStore slow = new SlowStore(stage.seed(160));
                Guarantees guarantees = new Guarantees(stage);
                Connection application = stage.connect();
                Statement statement = application.createStatement()) {
            slow.begin();
            MigrationProcess producer = stage.producer();
            stage.consumer();
            stage.awaitMigrated(20);
            application.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM `user profile` WHERE id = 1");
            Callable<Boolean> alter = () -> {
                stage.execute("ALTER TABLE `user profile` ADD COLUMN remark INT");
                return true;
            };
            FutureTask<Boolean> altering = new FutureTask<>(alter);
            Thread administrator = new Thread(altering, "administrator");
            administrator.start();
            Patience.until(
                    "the ALTER waits for the application",
                    () -> holds(
                            stage,
                            "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'ALTER%'"
                                    + " AND STATE LIKE 'Waiting for table metadata lock%'"));
            producer.awaitLog("Lock wait timeout exceeded");
            application.commit();
            assertThat(altering.get(BOUND.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
            guarantees.hold(producer, 0);
        }
    }

    private static boolean holds(MigrationStage stage, String count) throws SQLException {
        try (Connection connection = stage.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(count)) {
            return row.next() && row.getInt(1) > 0;
        }
    }
}
