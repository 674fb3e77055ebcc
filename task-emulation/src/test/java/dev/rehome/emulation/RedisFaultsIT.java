package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.emulation.fault.SlowStore;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis dies, loses everything or freezes during a run: that costs time and nothing else. */
@ExtendWith(EmulatedMigrationExtension.class)
final class RedisFaultsIT {
    @Test
    void redisWipedDuringTheScanAndAfterItIsFilledAgain(EmulatedMigration migration) throws SQLException {
        migration.seed(300).with("COPY_CONCURRENCY", 1).with("MAX_OPEN_BATCHES", 3);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = start(migration);
            migration.servers().redis().wipe();
            producer.awaitLog("leading it again");
            // At most three batches are open, so all are published.
            migration.awaitMigrated(230);
            migration.servers().redis().wipe();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void killedOrFrozenRedisIsWaitedForAndAnotherLeaderReplaced(EmulatedMigration migration) throws Exception {
        try (SlowStore slow = new SlowStore(migration.seed(400));
                Guarantees guarantees = new Guarantees(migration)) {
            slow.begin();
            MigrationProgram producer = start(migration);
            EmbeddedRedis redis = migration.servers().redis();
            redis.kill();
            producer.awaitLog("retrying");
            redis.restart();
            migration.awaitMigrated(60);
            int named = producer.log().length();
            // Most records are still to come, so the producer publishes or applies a batch after this.
            try (QueueInspector queue = migration.queue()) {
                queue.nameAnotherLeader();
            }
            Await.until("the producer replaces the other leader", () -> {
                String log = producer.log().substring(named);
                return log.contains("has another leader") || log.contains("leading it again");
            });
            int before = producer.log().length();
            redis.freeze();
            try {
                // Longer than a lease and than the timeout of a socket: the passing of time is the fault.
                TimeUnit.SECONDS.sleep(6);
            } finally {
                redis.thaw();
            }
            guarantees.hold(producer, 0);
            assertThat(producer.log().substring(before)).containsAnyOf("timed out", "retrying");
        }
    }

    @Test
    void batchesThatAnOperatorDeletedOrTookFromTheirListAreMigrated(EmulatedMigration migration) throws SQLException {
        migration.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = Guarantees.withDamagedQueue(migration);
                QueueInspector queue = migration.queue()) {
            MigrationProgram producer = migration.producer();
            Await.until("batches are pending", () -> queue.pending() > 5);
            queue.eval("redis.call('RPOP', ARGV[1] .. 'pending')", "");
            migration.consumer();
            migration.awaitMigrated(20);
            Await.until("a pending batch is deleted", queue::deleteNextBatch);
            queue.flushScripts();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).contains("inconsistent queue entries");
        }
    }

    private static MigrationProgram start(EmulatedMigration migration) {
        MigrationProgram producer = migration.producer();
        migration.consumer();
        migration.consumer();
        migration.awaitMigrated(20);
        return producer;
    }
}
