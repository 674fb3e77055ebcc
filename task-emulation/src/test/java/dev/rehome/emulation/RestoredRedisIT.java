package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.emulation.fault.SlowStore;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis comes back with older data, or elsewhere: what is delivered again changes nothing, and what is missing is found. */
@ExtendWith(OnStage.class)
final class RestoredRedisIT {
    @Test
    void redisPutBackToAnEarlierStateCostsOnlyTime(MigrationStage stage) throws SQLException, IOException {
        stage.seed(160).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = start(stage);
            EmbeddedRedis redis = stage.servers().redis();
            Path backup = stage.folder("backup");
            redis.backUp(backup);
            stage.awaitMigrated(80);
            redis.putBack(backup);
            guarantees.hold(producer, 0);
            // An id used twice, or a batch applied under two of them, would show here.
            assertThat(producer.log()).containsPattern("migrated +147\\b");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void redisThatMovedIsReachedByItsName(boolean withItsData, MigrationStage stage) throws SQLException, IOException {
        EmbeddedRedis before = stage.servers().redis();
        try (SlowStore slow = new SlowStore(stage.seed(160));
                EmbeddedRedis after = EmbeddedRedis.start(stage.folder("redis"));
                TcpProxy name = new TcpProxy(before.port());
                // The one that is left behind keeps what it had, and would be judged by it.
                Guarantees guarantees = Guarantees.withDisorderlyQueue(stage)) {
            slow.begin();
            stage.with("REDIS_PORT", name.port());
            MigrationProcess producer = start(stage);
            if (withItsData) {
                before.backUp(stage.folder("moved"));
                after.putBack(stage.folder("moved"));
            }
            name.retarget(after.port());
            name.cut();
            producer.awaitLog("Redis has started anew, or is another one");
            guarantees.hold(producer, 0);
        }
    }

    private static MigrationProcess start(MigrationStage stage) {
        MigrationProcess producer = stage.producer();
        stage.consumer();
        stage.awaitMigrated(20);
        return producer;
    }
}
