package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.ScriptCall;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The deed was done and its answer never came: only a repetition that changes nothing gets past that. */
@ExtendWith(EmulatedMigrationExtension.class)
final class LostReplyIT {
    /** As MariaDB's protocol sends it: seven bytes, the first packet of its command, a query. */
    private static final String COMMIT = "\7\0\0\0\3COMMIT";

    @Test
    void replyToEnqueueIsLost(EmulatedMigration migration) throws SQLException {
        migration.seed(160);
        try (TcpProxy redis = new TcpProxy(migration.servers().redis().port());
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault lost = redis.loseReply(ScriptCall.of("enqueue"), 2);
            MigrationProcess producer = migration.producer(redis(redis), "run");
            migration.consumer();
            guarantees.hold(producer, 0);
            assertThat(lost.injected()).isOne();
        }
    }

    @Test
    void replyToEnqueueIsCutInItsMiddle(EmulatedMigration migration) throws SQLException {
        migration.seed(160);
        try (TcpProxy redis = new TcpProxy(migration.servers().redis().port());
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault cut = redis.cutReply(ScriptCall.of("enqueue"), 2, 3);
            MigrationProcess producer = migration.producer(redis(redis), "run");
            migration.consumer();
            guarantees.hold(producer, 0);
            assertThat(cut.injected()).isOne();
        }
    }

    @Test
    void replyToClaimIsLost(EmulatedMigration migration) throws SQLException {
        migration.seed(160);
        try (TcpProxy redis = new TcpProxy(migration.servers().redis().port());
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = migration.producer();
            producer.awaitLog("Pass 1: scanning");
            WireFault lost = redis.loseReply(ScriptCall.of("claim"), 4);
            migration.consumer(redis(redis));
            guarantees.hold(producer, 0);
            assertThat(lost.injected()).isOne();
        }
    }

    @Test
    void replyToCompleteIsLost(EmulatedMigration migration) throws SQLException {
        migration.seed(160);
        try (TcpProxy redis = new TcpProxy(migration.servers().redis().port());
                QueueInspector queue = migration.queue();
                Guarantees guarantees = new Guarantees(migration)) {
            queue.loadScript(ScriptCall.text("complete"));
            WireFault lost = redis.loseReply(ScriptCall.of("complete"), 2);
            WireFault answered = redis.upon(ScriptCall.of("complete"), () -> {});
            MigrationProcess producer;
            MigrationProcess consumer;
            try (Connection application = migration.connect();
                    Statement statement = application.createStatement()) {
                // A batch that is applied is gone, and the repetition would be told that it is lost.
                application.setAutoCommit(false);
                statement.executeQuery("SELECT * FROM `user profile` FOR UPDATE");
                producer = migration.producer();
                consumer = migration.consumer(redis(redis));
                Await.until("every batch is complete, one by a repetition", () -> isComplete(queue, lost, answered));
                application.rollback();
            }
            guarantees.hold(producer, 0);
            assertThat(lost.injected()).isOne();
            assertThat(consumer.log()).doesNotContain("the lease was lost before it was complete");
        }
    }

    /** There is a call with an answer for each batch, hence for that one too whose first answer was lost. */
    private static boolean isComplete(QueueInspector queue, WireFault lost, WireFault answered) {
        long open = queue.open();
        return lost.injected() == 1
                && queue.pending() == 0
                && queue.leased() == 0
                && open > 0
                && answered.injected() >= open;
    }

    @Test
    void connectionIsCutBetweenCommitAndItsAnswer(EmulatedMigration migration) throws SQLException {
        migration.seed(160);
        try (TcpProxy database = new TcpProxy(migration.servers().database().port());
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault lost = database.loseReply(COMMIT, 2);
            MigrationProcess producer =
                    migration.producer(Map.of("DATABASE_PORT", Integer.toString(database.port())), "run");
            migration.consumer();
            guarantees.hold(producer, 0);
            assertThat(lost.injected()).isOne();
            assertThat(producer.log()).contains("lock goes with it").containsPattern("migrated +147\\b");
        }
    }

    @Test
    void halfOpenConnectionsToRedisAreGivenUp(EmulatedMigration migration) throws SQLException {
        migration.seed(200).with("COPY_CONCURRENCY", 1);
        try (TcpProxy redis = new TcpProxy(migration.servers().redis().port());
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = migration.producer(redis(redis), "run");
            migration.consumer(redis(redis));
            migration.awaitMigrated(20);
            redis.swallow();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).contains("timed out");
        }
    }

    @Test
    void halfOpenConnectionToMariaDbFreesTheLockInTime(EmulatedMigration migration) throws SQLException {
        migration.seed(200).with("COPY_CONCURRENCY", 1);
        try (TcpProxy database = new TcpProxy(migration.servers().database().port());
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer =
                    migration.producer(Map.of("DATABASE_PORT", Integer.toString(database.port())), "run");
            migration.consumer();
            migration.awaitMigrated(20);
            database.swallow();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).containsAnyOf("lock is lost", "lock goes with it");
        }
    }

    private static Map<String, String> redis(TcpProxy proxy) {
        return Map.of("REDIS_PORT", Integer.toString(proxy.port()));
    }
}
