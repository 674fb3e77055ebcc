package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.ScriptCall;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Trigger;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The deed was done and its answer never came: only a repetition that changes nothing gets past that. */
@ExtendWith(OnStage.class)
final class LostReplyIT {
    /** As MariaDB's protocol sends it: seven bytes, the first packet of its command, a query. */
    private static final String COMMIT = "\7\0\0\0\3COMMIT";

    @Test
    void replyToEnqueueIsLost(MigrationStage stage) throws SQLException {
        stage.seed(160);
        try (TcpProxy redis = new TcpProxy(stage.servers().redis().port());
                Guarantees guarantees = new Guarantees(stage)) {
            Trigger lost = redis.loseReply(ScriptCall.of("enqueue"), 2);
            MigrationProcess producer = stage.producer(redis(redis), "run");
            stage.consumer();
            guarantees.hold(producer, 0);
            assertThat(lost.struck()).isOne();
        }
    }

    @Test
    void replyToEnqueueIsCutInItsMiddle(MigrationStage stage) throws SQLException {
        stage.seed(160);
        try (TcpProxy redis = new TcpProxy(stage.servers().redis().port());
                Guarantees guarantees = new Guarantees(stage)) {
            Trigger cut = redis.cutReply(ScriptCall.of("enqueue"), 2, 3);
            MigrationProcess producer = stage.producer(redis(redis), "run");
            stage.consumer();
            guarantees.hold(producer, 0);
            assertThat(cut.struck()).isOne();
        }
    }

    @Test
    void replyToClaimIsLost(MigrationStage stage) throws SQLException {
        stage.seed(160);
        try (TcpProxy redis = new TcpProxy(stage.servers().redis().port());
                Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            producer.awaitLog("Pass 1 goes on");
            Trigger lost = redis.loseReply(ScriptCall.of("claim"), 4);
            stage.consumer(redis(redis));
            guarantees.hold(producer, 0);
            assertThat(lost.struck()).isOne();
        }
    }

    @Test
    void replyToCompleteIsLost(MigrationStage stage) throws SQLException {
        stage.seed(160);
        try (TcpProxy redis = new TcpProxy(stage.servers().redis().port());
                Guarantees guarantees = new Guarantees(stage)) {
            Trigger lost = redis.loseReply(ScriptCall.of("complete"), 2);
            MigrationProcess producer = stage.producer();
            stage.consumer(redis(redis));
            guarantees.hold(producer, 0);
            assertThat(lost.struck()).isOne();
        }
    }

    @Test
    void connectionIsCutBetweenCommitAndItsAnswer(MigrationStage stage) throws SQLException {
        stage.seed(160);
        try (TcpProxy database = new TcpProxy(stage.servers().database().port());
                Guarantees guarantees = new Guarantees(stage)) {
            Trigger lost = database.loseReply(COMMIT, 2);
            MigrationProcess producer =
                    stage.producer(Map.of("DATABASE_PORT", Integer.toString(database.port())), "run");
            stage.consumer();
            guarantees.hold(producer, 0);
            assertThat(lost.struck()).isOne();
            assertThat(producer.log()).contains("lock goes with it").containsPattern("migrated +147\\b");
        }
    }

    @Test
    void halfOpenConnectionsToRedisAreGivenUp(MigrationStage stage) throws SQLException {
        stage.seed(200).with("COPY_CONCURRENCY", 1);
        try (TcpProxy redis = new TcpProxy(stage.servers().redis().port());
                Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer(redis(redis), "run");
            stage.consumer(redis(redis));
            stage.awaitMigrated(20);
            redis.swallow();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).contains("timed out");
        }
    }

    @Test
    void halfOpenConnectionToMariaDbFreesTheLockInTime(MigrationStage stage) throws SQLException {
        stage.seed(200).with("COPY_CONCURRENCY", 1);
        try (TcpProxy database = new TcpProxy(stage.servers().database().port());
                Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer =
                    stage.producer(Map.of("DATABASE_PORT", Integer.toString(database.port())), "run");
            stage.consumer();
            stage.awaitMigrated(20);
            database.swallow();
            guarantees.hold(producer, 0);
        }
    }

    private static Map<String, String> redis(TcpProxy proxy) {
        return Map.of("REDIS_PORT", Integer.toString(proxy.port()));
    }
}
