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
import dev.rehome.emulation.stage.Queue;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
                Queue queue = stage.queue();
                Guarantees guarantees = new Guarantees(stage)) {
            queue.loadScript(ScriptCall.text("complete"));
            Trigger lost = redis.loseReply(ScriptCall.of("complete"), 2);
            Trigger answered = redis.upon(ScriptCall.of("complete"), () -> {});
            MigrationProcess producer;
            MigrationProcess consumer;
            try (Connection application = stage.connect();
                    Statement statement = application.createStatement()) {
                // A batch that is applied is gone, and the repetition would be told that it is lost.
                application.setAutoCommit(false);
                statement.executeQuery("SELECT * FROM `user profile` FOR UPDATE");
                producer = stage.producer();
                consumer = stage.consumer(redis(redis));
                Patience.until("every batch is complete, one by a repetition", () -> isComplete(queue, lost, answered));
                application.rollback();
            }
            guarantees.hold(producer, 0);
            assertThat(lost.struck()).isOne();
            assertThat(consumer.log()).doesNotContain("the lease was lost before it was complete");
        }
    }

    /** There is a call with an answer for each batch, hence for that one too whose first answer was lost. */
    private static boolean isComplete(Queue queue, Trigger lost, Trigger answered) {
        long open = queue.open();
        return lost.struck() == 1
                && queue.pending() == 0
                && queue.leased() == 0
                && open > 0
                && answered.struck() >= open;
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
            assertThat(producer.log()).containsAnyOf("lock is lost", "lock goes with it");
        }
    }

    private static Map<String, String> redis(TcpProxy proxy) {
        return Map.of("REDIS_PORT", Integer.toString(proxy.port()));
    }
}
