package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis dies, loses everything or freezes during a run: that costs time and nothing else. */
@ExtendWith(EmulatedMigrationExtension.class)
final class RedisFaultsIT {
    @Test
    void redisWipedDuringTheScanAndAfterItIsFilledAgain(EmulatedMigration migration) throws SQLException {
        migration.seed(160).with("MAX_OPEN_BATCHES", 3);
        try (StoreGate store = new StoreGate(migration, 30);
                QueueInspector queue = migration.queue();
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = start(migration);
            migration.servers().redis().wipe();
            Await.until("the producer fills the queue again", () -> queue.open() > 0);
            // 147 records are to be migrated: at most three batches are left, so all are published.
            store.pass(100);
            migration.awaitMigrated(100);
            migration.servers().redis().wipe();
            store.open();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void killedOrFrozenRedisIsWaitedForAndAnotherLeaderReplaced(EmulatedMigration migration) throws Exception {
        try (StoreGate store = new StoreGate(migration.seed(160), 30);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = start(migration);
            EmbeddedRedis redis = migration.servers().redis();
            redis.kill();
            producer.awaitLog("retrying");
            redis.restart();
            try (QueueInspector queue = migration.queue()) {
                queue.nameAnotherLeader();
                // The producer notices when it applies the next batch.
                store.pass(20);
                Await.until("the producer leads the queue again", () -> !queue.isLedByAnother());
            }
            int frozen = producer.log().length();
            redis.freeze();
            try {
                awaitLog(producer, frozen, "timed out", "retrying");
            } finally {
                redis.thaw();
            }
            store.open();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void batchesThatAnOperatorDeletedOrTookFromTheirListAreMigrated(EmulatedMigration migration) throws SQLException {
        try (StoreGate store = new StoreGate(migration.seed(160), 30);
                Guarantees guarantees = Guarantees.withDamagedQueue(migration);
                QueueInspector queue = migration.queue()) {
            MigrationProgram producer = migration.producer();
            Await.until("batches are pending", () -> queue.pending() > 5);
            queue.eval("redis.call('RPOP', ARGV[1] .. 'pending')", "");
            migration.consumer();
            migration.awaitMigrated(20);
            Await.until("a pending batch is deleted", queue::deleteNextBatch);
            queue.flushScripts();
            store.open();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).contains("inconsistent queue entries");
        }
    }

    private static MigrationProgram start(EmulatedMigration migration) {
        MigrationProgram producer = migration.producer();
        migration.consumer();
        migration.awaitMigrated(20);
        return producer;
    }

    /** Waits until the producer has logged one of the texts after its first {@code before} characters. */
    private static void awaitLog(MigrationProgram producer, int before, String... texts) {
        Await.until("the producer logs one of " + List.of(texts), () -> {
            String log = producer.log().substring(before);
            return Stream.of(texts).anyMatch(log::contains);
        });
    }
}
