package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.RowLock;
import dev.rehome.emulation.fault.ScriptCall;
import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Wire;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server executes a request and its reply is lost, so the request is repeated. The repetition must change nothing. */
@ExtendWith(EmulatedMigrationExtension.class)
final class LostReplyIT {
    @Test
    void repliesToEnqueueAndClaimAreLostAndThenEveryConnectionToRedisFallsSilent(EmulatedMigration migration)
            throws SQLException {
        try (StoreGate store = new StoreGate(migration.seed(160), 90);
                TcpProxy ofProducer = Wire.redis(migration);
                TcpProxy ofConsumer = Wire.redis(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault whole = ofProducer.loseReply(ScriptCall.of("enqueue"), 2);
            WireFault rest = ofProducer.cutReply(ScriptCall.of("enqueue"), 4, 3);
            MigrationProgram producer = migration.producer(Wire.redisAt(ofProducer));
            producer.awaitLog("Pass 1: scanning");
            WireFault claim = ofConsumer.loseReply(ScriptCall.of("claim"), 4);
            migration.consumer(Wire.redisAt(ofConsumer));
            Await.until(
                    "each reply is lost once",
                    () -> Stream.of(whole, rest, claim).allMatch(lost -> lost.injected() == 1));
            // A lost reply makes a program close its other connections, so the next ones are swallowed too.
            Await.until("the producer's connection falls silent", () -> {
                ofProducer.swallow();
                ofConsumer.swallow();
                return producer.log().contains("timed out");
            });
            store.open();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    @SuppressWarnings("try")
    void replyToCompleteIsLost(EmulatedMigration migration) throws SQLException {
        // No lease expires on a busy machine.
        migration.seed(160).with("LEASE_SECONDS", 60);
        try (TcpProxy redis = Wire.redis(migration);
                QueueInspector queue = migration.queue();
                Guarantees guarantees = new Guarantees(migration)) {
            queue.loadScript(ScriptCall.text("complete"));
            WireFault lost = redis.loseReply(ScriptCall.of("complete"), 2);
            WireFault replied = redis.upon(ScriptCall.of("complete"), () -> {});
            MigrationProgram producer;
            MigrationProgram consumer;
            // With an applied batch gone, the repetition would find its lease lost.
            try (RowLock application = new RowLock(migration, "TRUE")) {
                producer = migration.producer();
                consumer = migration.consumer(Wire.redisAt(redis));
                Await.until("every batch is complete, one by a repetition", () -> isComplete(queue, lost, replied));
            }
            guarantees.hold(producer, 0);
            assertThat(lost.injected()).isOne();
            assertThat(consumer.log()).doesNotContain("the lease was lost before the batch was complete");
        }
    }

    /** There is a call with a reply for each batch, hence also for the one whose first reply was lost. */
    private static boolean isComplete(QueueInspector queue, WireFault lost, WireFault replied) {
        long open = queue.open();
        return lost.injected() == 1
                && queue.pending() == 0
                && queue.leased() == 0
                && open > 0
                && replied.injected() >= open;
    }

    @Test
    void replyToCommitIsLostAndThenEveryConnectionToMariaDbFallsSilent(EmulatedMigration migration)
            throws SQLException {
        try (StoreGate store = new StoreGate(migration.seed(160), 90);
                TcpProxy database = Wire.database(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault lost = database.loseReply(Wire.COMMIT, 2);
            MigrationProgram producer =
                    migration.withProducers(Wire.databaseAt(database)).producer();
            migration.consumer();
            producer.awaitLog("Lost the connection that held the leader lock");
            // At most 60 rows were committed by then, so the producer has the lock on another connection.
            migration.awaitMigrated(80);
            database.swallow();
            store.open();
            guarantees.hold(producer, 0);
            assertThat(lost.injected()).isOne();
            assertThat(producer.log())
                    .containsPattern("(?s)Lost the connection that held.*(Lost the|Read timed out)")
                    .containsPattern("migrated +147\\b");
        }
    }
}
