package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis dies, loses everything or freezes during a run: that costs time and nothing else. */
@ExtendWith(EmulatedMigrationExtension.class)
final class RedisFaultsIT {
    @Test
    void wipedRedisIsFilledAgain(EmulatedMigration migration) throws SQLException {
        migration.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = start(migration);
            migration.servers().redis().wipe();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).containsAnyOf("leading it again", "Redis restarted or was replaced");
        }
    }

    @Test
    void redisWipedDuringTheScanIsFilledAgain(EmulatedMigration migration) throws SQLException {
        migration.seed(300).with("COPY_CONCURRENCY", 1).with("MAX_OPEN_BATCHES", 3);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = start(migration);
            migration.servers().redis().wipe();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).contains("leading it again");
        }
    }

    @Test
    void killedRedisContinuesWithItsData(EmulatedMigration migration) throws SQLException {
        migration.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = start(migration);
            migration.servers().redis().kill();
            producer.awaitLog("retrying");
            migration.servers().redis().restart();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void frozenRedisIsWaitedFor(EmulatedMigration migration) throws Exception {
        migration.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = start(migration);
            EmbeddedRedis redis = migration.servers().redis();
            redis.freeze();
            try {
                // Longer than a lease and than the timeout of a socket: the passing of time is the fault.
                TimeUnit.SECONDS.sleep(6);
            } finally {
                redis.thaw();
            }
            guarantees.hold(producer, 0);
            assertThat(producer.log()).containsAnyOf("timed out", "retrying");
        }
    }

    @Test
    void rowsOfADeletedBatchAreFoundByTheNextPass(EmulatedMigration migration) throws SQLException {
        migration.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = Guarantees.withDamagedQueue(migration)) {
            MigrationProcess producer = start(migration);
            try (QueueInspector queue = migration.queue()) {
                Await.until("a pending batch is deleted", queue::deleteNextBatch);
                queue.flushScripts();
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void queueWithAnotherLeaderIsTakenOver(EmulatedMigration migration) throws SQLException {
        migration.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = start(migration);
            try (QueueInspector queue = migration.queue()) {
                queue.nameAnotherLeader();
            }
            guarantees.hold(producer, 0);
            assertThat(producer.log()).containsAnyOf("has another leader", "leading it again");
        }
    }

    private static MigrationProcess start(EmulatedMigration migration) {
        MigrationProcess producer = migration.producer();
        migration.consumer();
        migration.consumer();
        migration.awaitMigrated(20);
        return producer;
    }
}
