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
import java.time.Duration;
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
    @DisplayName("C6 outcomes come after their batch was finished by another")
    void outcomesThatComeAfterTheEndChangeNothing(MigrationStage stage) throws Exception {
        stage.seed(60);
        CountDownLatch finished = new CountDownLatch(1);
        CompletableFuture<MigrationProcess> zombie = new CompletableFuture<>();
        try (TcpProxy database = new TcpProxy(stage.servers().database().port());
                Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            Trigger late = database.before(OUTCOMES, 0, () -> {
                zombie.join().freeze();
                await(finished);
            });
            zombie.complete(stage.consumer(database(database)));
            producer.awaitLog("Leases ran out");
            stage.consumer();
            assertThat(producer.exitCode(Patience.RUN)).as(producer.tail()).isZero();
            guarantees.judge();
            var outcomes = outcomes(stage);
            finished.countDown();
            zombie.join().thaw();
            assertThat(zombie.join().exitCode(Duration.ofSeconds(60)))
                    .as(zombie.join().tail())
                    .isZero();
            assertThat(late.struck()).isOne();
            assertThat(outcomes(stage)).isEqualTo(outcomes);
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

    private static void await(CountDownLatch latch) {
        try {
            latch.await(Patience.RUN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> database(TcpProxy proxy) {
        return Map.of("DATABASE_PORT", Integer.toString(proxy.port()));
    }
}
