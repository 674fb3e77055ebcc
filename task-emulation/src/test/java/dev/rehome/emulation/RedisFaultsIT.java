package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import dev.rehome.emulation.stage.Queue;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis dies, forgets everything or falls silent in the middle: that costs time and nothing else. */
@ExtendWith(OnStage.class)
final class RedisFaultsIT {
    @Test
    void emptiedRedisIsFilledAgain(MigrationStage stage) throws SQLException {
        stage.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = start(stage);
            stage.servers().redis().wipe();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).containsAnyOf("leading again", "has started anew");
        }
    }

    @Test
    void emptiedRedisIsFilledAgainInTheMiddleOfTheScan(MigrationStage stage) throws SQLException {
        stage.seed(300).with("COPY_CONCURRENCY", 1).with("MAX_OPEN_BATCHES", 3);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = start(stage);
            stage.servers().redis().wipe();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).contains("leading again");
        }
    }

    @Test
    void killedRedisGoesOnWithItsData(MigrationStage stage) throws SQLException {
        stage.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = start(stage);
            stage.servers().redis().kill();
            producer.awaitLog("trying again");
            stage.servers().redis().restart();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void silentRedisIsWaitedOut(MigrationStage stage) throws Exception {
        stage.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = start(stage);
            EmbeddedRedis redis = stage.servers().redis();
            redis.freeze();
            try {
                // Longer than a lease and than a socket's patience: that time passes is the fault.
                TimeUnit.SECONDS.sleep(6);
            } finally {
                redis.thaw();
            }
            guarantees.hold(producer, 0);
            assertThat(producer.log()).containsAnyOf("timed out", "trying again");
        }
    }

    @Test
    void forgottenBatchIsFoundByTheNextPass(MigrationStage stage) throws SQLException {
        stage.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = Guarantees.withDisorderlyQueue(stage)) {
            MigrationProcess producer = start(stage);
            try (Queue queue = stage.queue()) {
                Patience.until("a batch is forgotten", queue::forgetOne);
                queue.flushScripts();
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void queueThatNamesAnEarlierLeaderIsLedAnew(MigrationStage stage) throws SQLException {
        stage.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = start(stage);
            try (Queue queue = stage.queue()) {
                queue.nameAnotherLeader();
            }
            guarantees.hold(producer, 0);
            assertThat(producer.log()).containsAnyOf("knows another leader", "leading again");
        }
    }

    private static MigrationProcess start(MigrationStage stage) {
        MigrationProcess producer = stage.producer();
        stage.consumer();
        stage.consumer();
        stage.awaitMigrated(20);
        return producer;
    }
}
