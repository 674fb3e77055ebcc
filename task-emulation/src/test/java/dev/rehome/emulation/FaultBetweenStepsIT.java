package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.ScriptCall;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Exact moments at which something else happens than a process' death; see {@link FailpointIT} for that. */
@ExtendWith(EmulatedMigrationExtension.class)
final class FaultBetweenStepsIT {
    private static final String COMMIT = "\7\0\0\0\3COMMIT";
    private static final String OUTCOMES = "(batch_id, record_no, run_no";

    @Test
    @DisplayName("P5 the updating connection is ended before COMMIT")
    void updateThatLosesItsConnectionIsUndoneWithTheLock(EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        try (TcpProxy database = new TcpProxy(migration.servers().database().port());
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault strike = database.before(COMMIT, 1, migration::dropConnections);
            MigrationProcess producer = migration.producer(database(database), "run");
            migration.consumer();
            guarantees.hold(producer, 0);
            assertThat(strike.injected()).isOne();
            assertThat(producer.log()).contains("lock goes with it");
        }
    }

    @Test
    @DisplayName("P5 producer killed while its update waits for a row")
    void producerKilledWithinTheUpdateLeavesNothingBehind(EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        try (Guarantees guarantees = new Guarantees(migration);
                Connection application = migration.connect();
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM `user profile` WHERE id = 30 FOR UPDATE");
            MigrationProcess killed = migration.producer();
            migration.consumer();
            Await.until("the update waits for the row", () -> isUpdateWaiting(migration));
            killed.kill();
            MigrationProcess next = migration.producer();
            next.awaitLog("Redis holds");
            application.rollback();
            guarantees.hold(next, 0);
        }
    }

    private static boolean isUpdateWaiting(EmulatedMigration migration) throws SQLException {
        try (Connection connection = migration.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM information_schema.PROCESSLIST"
                        + " WHERE USER = '" + EmulatedMigration.USER
                        + "' AND TIME_MS > 200 AND INFO LIKE 'UPDATE%STRAIGHT_JOIN%'")) {
            row.next();
            return row.getInt(1) == 1;
        }
    }

    @Test
    @DisplayName("C6 outcomes come after their batch was finished by another")
    void outcomesThatComeAfterTheEndChangeNothing(EmulatedMigration migration) throws Exception {
        migration.seed(60);
        Frozen zombie = new Frozen();
        try (TcpProxy database = new TcpProxy(migration.servers().database().port());
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = migration.producer();
            WireFault late = database.before(OUTCOMES, 0, zombie::freeze);
            zombie.is(migration.consumer(database(database)));
            producer.awaitLog("batches whose leases expired");
            migration.consumer();
            assertThat(producer.exitCode(Await.RUN)).as(producer.tail()).isZero();
            guarantees.judge();
            var outcomes = outcomes(migration);
            zombie.thaw();
            zombie.endsWith(0);
            assertThat(late.injected()).isOne();
            assertThat(outcomes(migration)).isEqualTo(outcomes);
            guarantees.hold(0);
        }
    }

    @Test
    @DisplayName("C5 consumer frozen between outcomes and their COMMIT")
    void consumerFrozenBeforeCommitHoldsNobodyUp(EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        Frozen zombie = new Frozen();
        try (TcpProxy database = new TcpProxy(migration.servers().database().port());
                Guarantees guarantees = new Guarantees(migration)) {
            database.before(COMMIT, 0, zombie::freeze);
            MigrationProcess producer = migration.producer();
            zombie.is(migration.consumer(database(database)));
            zombie.awaitFrozen();
            migration.consumer();
            assertThat(producer.exitCode(Await.RUN)).as(producer.tail()).isZero();
            guarantees.judge();
            zombie.thaw();
            zombie.endsWith(0);
            guarantees.hold(0);
        }
    }

    @Test
    @DisplayName("P9 producer frozen before COMMIT")
    void producerFrozenBeforeCommitHoldsTheApplicationUpForSeconds(EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        Frozen zombie = new Frozen();
        try (TcpProxy database = new TcpProxy(migration.servers().database().port());
                Guarantees guarantees = new Guarantees(migration);
                Connection application = migration.connect();
                Statement statement = application.createStatement()) {
            database.before(COMMIT, 1, zombie::freeze);
            zombie.is(migration.producer(database(database), "run"));
            migration.consumer();
            zombie.awaitFrozen();
            // The bound, with time for a busy machine: the server lets go after five seconds.
            statement.execute("SET innodb_lock_wait_timeout = 15");
            statement.executeUpdate("UPDATE `user profile` SET updated_at = updated_at");
            MigrationProcess next = migration.producer();
            assertThat(next.exitCode(Await.RUN)).as(next.tail()).isZero();
            guarantees.judge();
            zombie.thaw();
            zombie.endsWith(0);
            guarantees.hold(0);
        }
    }

    @Test
    @DisplayName("D9 MariaDB is killed between the outcomes' commit and complete")
    void outcomesSurviveADatabaseKilledBeforeComplete(EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        try (TcpProxy redis = new TcpProxy(migration.servers().redis().port());
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault strike = redis.before(
                    ScriptCall.of("complete"), 1, migration.servers().database()::kill);
            MigrationProcess producer = migration.producer();
            migration.consumer(Map.of("REDIS_PORT", Integer.toString(redis.port())));
            Await.until("MariaDB is killed", () -> strike.injected() == 1);
            migration.servers().database().restart();
            guarantees.hold(producer, 0);
            assertThat(strike.injected()).isOne();
        }
    }

    private static List<String> outcomes(EmulatedMigration migration) throws SQLException {
        List<String> outcomes = new ArrayList<>();
        try (Connection connection = migration.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CONCAT_WS(' ', HEX(batch_id), record_no, outcome,"
                        + " new_location, recorded_at) FROM rehome_mapping ORDER BY batch_id, record_no")) {
            while (row.next()) {
                outcomes.add(row.getString(1));
            }
        }
        return outcomes;
    }

    private static Map<String, String> database(TcpProxy proxy) {
        return Map.of("DATABASE_PORT", Integer.toString(proxy.port()));
    }

    /** A process that is frozen at a moment, what it has just sent held back until it is thawed. */
    private static final class Frozen {
        private final CompletableFuture<MigrationProcess> process = new CompletableFuture<>();
        private final CountDownLatch frozen = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        void is(MigrationProcess started) {
            process.complete(started);
        }

        void freeze() throws InterruptedException {
            process.join().freeze();
            frozen.countDown();
            over.await(Await.RUN.toSeconds(), TimeUnit.SECONDS);
        }

        void awaitFrozen() {
            Await.until("it is frozen", () -> frozen.getCount() == 0);
        }

        void thaw() {
            over.countDown();
            process.join().thaw();
        }

        void endsWith(int code) {
            assertThat(process.join().exitCode(Await.STEP))
                    .as(process.join().tail())
                    .isEqualTo(code);
        }
    }
}
