package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.ScriptCall;
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
@ExtendWith(OnStage.class)
final class StruckMomentIT {
    private static final String COMMIT = "\7\0\0\0\3COMMIT";
    private static final String OUTCOMES = "(batch_id, record_no, run_no";

    @Test
    @DisplayName("P5 the updating connection is ended before COMMIT")
    void updateThatLosesItsConnectionIsUndoneWithTheLock(MigrationStage stage) throws SQLException {
        stage.seed(60);
        try (TcpProxy database = new TcpProxy(stage.servers().database().port());
                Guarantees guarantees = new Guarantees(stage)) {
            Trigger strike = database.before(COMMIT, 1, stage::dropConnections);
            MigrationProcess producer = stage.producer(database(database), "run");
            stage.consumer();
            guarantees.hold(producer, 0);
            assertThat(strike.struck()).isOne();
            assertThat(producer.log()).contains("lock goes with it");
        }
    }

    @Test
    @DisplayName("P5 producer killed while its update waits for a row")
    void producerKilledWithinTheUpdateLeavesNothingBehind(MigrationStage stage) throws SQLException {
        stage.seed(60);
        try (Guarantees guarantees = new Guarantees(stage);
                Connection application = stage.connect();
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM `user profile` WHERE id = 30 FOR UPDATE");
            MigrationProcess killed = stage.producer();
            stage.consumer();
            Patience.until("the update waits for the row", () -> isUpdateWaiting(stage));
            killed.kill();
            MigrationProcess next = stage.producer();
            next.awaitLog("Redis holds");
            application.rollback();
            guarantees.hold(next, 0);
        }
    }

    private static boolean isUpdateWaiting(MigrationStage stage) throws SQLException {
        try (Connection connection = stage.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM information_schema.PROCESSLIST"
                        + " WHERE USER = '" + MigrationStage.USER
                        + "' AND TIME_MS > 200 AND INFO LIKE 'UPDATE%STRAIGHT_JOIN%'")) {
            row.next();
            return row.getInt(1) == 1;
        }
    }

    @Test
    @DisplayName("C6 outcomes come after their batch was finished by another")
    void outcomesThatComeAfterTheEndChangeNothing(MigrationStage stage) throws Exception {
        stage.seed(60);
        Frozen zombie = new Frozen();
        try (TcpProxy database = new TcpProxy(stage.servers().database().port());
                Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            Trigger late = database.before(OUTCOMES, 0, zombie::freeze);
            zombie.is(stage.consumer(database(database)));
            producer.awaitLog("Leases ran out");
            stage.consumer();
            assertThat(producer.exitCode(Patience.RUN)).as(producer.tail()).isZero();
            guarantees.judge();
            var outcomes = outcomes(stage);
            zombie.thaw();
            zombie.endsWith(0);
            assertThat(late.struck()).isOne();
            assertThat(outcomes(stage)).isEqualTo(outcomes);
            guarantees.hold(0);
        }
    }

    @Test
    @DisplayName("C5 consumer frozen between outcomes and their COMMIT")
    void consumerFrozenBeforeCommitHoldsNobodyUp(MigrationStage stage) throws SQLException {
        stage.seed(60);
        Frozen zombie = new Frozen();
        try (TcpProxy database = new TcpProxy(stage.servers().database().port());
                Guarantees guarantees = new Guarantees(stage)) {
            database.before(COMMIT, 0, zombie::freeze);
            MigrationProcess producer = stage.producer();
            zombie.is(stage.consumer(database(database)));
            zombie.awaitFrozen();
            stage.consumer();
            assertThat(producer.exitCode(Patience.RUN)).as(producer.tail()).isZero();
            guarantees.judge();
            zombie.thaw();
            zombie.endsWith(0);
            guarantees.hold(0);
        }
    }

    @Test
    @DisplayName("P9 producer frozen before COMMIT")
    void producerFrozenBeforeCommitHoldsTheApplicationUpForSeconds(MigrationStage stage) throws SQLException {
        stage.seed(60);
        Frozen zombie = new Frozen();
        try (TcpProxy database = new TcpProxy(stage.servers().database().port());
                Guarantees guarantees = new Guarantees(stage);
                Connection application = stage.connect();
                Statement statement = application.createStatement()) {
            database.before(COMMIT, 1, zombie::freeze);
            zombie.is(stage.producer(database(database), "run"));
            stage.consumer();
            zombie.awaitFrozen();
            // The bound, with time for a busy machine: the server lets go after five seconds.
            statement.execute("SET innodb_lock_wait_timeout = 15");
            statement.executeUpdate("UPDATE `user profile` SET updated_at = updated_at");
            MigrationProcess next = stage.producer();
            assertThat(next.exitCode(Patience.RUN)).as(next.tail()).isZero();
            guarantees.judge();
            zombie.thaw();
            zombie.endsWith(0);
            guarantees.hold(0);
        }
    }

    @Test
    @DisplayName("D9 MariaDB is killed between the outcomes' commit and complete")
    void outcomesSurviveADatabaseKilledBeforeComplete(MigrationStage stage) throws SQLException {
        stage.seed(60);
        try (TcpProxy redis = new TcpProxy(stage.servers().redis().port());
                Guarantees guarantees = new Guarantees(stage)) {
            Trigger strike =
                    redis.before(ScriptCall.of("complete"), 1, stage.servers().database()::kill);
            MigrationProcess producer = stage.producer();
            stage.consumer(Map.of("REDIS_PORT", Integer.toString(redis.port())));
            Patience.until("MariaDB is killed", () -> strike.struck() == 1);
            stage.servers().database().restart();
            guarantees.hold(producer, 0);
            assertThat(strike.struck()).isOne();
        }
    }

    private static List<String> outcomes(MigrationStage stage) throws SQLException {
        List<String> outcomes = new ArrayList<>();
        try (Connection connection = stage.connect();
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
            over.await(Patience.RUN.toSeconds(), TimeUnit.SECONDS);
        }

        void awaitFrozen() {
            Patience.until("it is frozen", () -> frozen.getCount() == 0);
        }

        void thaw() {
            over.countDown();
            process.join().thaw();
        }

        void endsWith(int code) {
            assertThat(process.join().exitCode(Patience.STEP))
                    .as(process.join().tail())
                    .isEqualTo(code);
        }
    }
}
