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
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis comes back with older data, or elsewhere: what is delivered again changes nothing, and what is missing is found. */
@ExtendWith(OnStage.class)
final class RestoredRedisIT {
    private static final String NAME = "redis.test";

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

    /** On Linux the whole of 127.0.0.0/8 is the loopback. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void redisWhoseNameGotAnotherAddressIsReachedThere(MigrationStage stage) throws SQLException, IOException {
        EmbeddedRedis redis = stage.servers().redis();
        Path names = stage.folder("names");
        try (SlowStore slow = new SlowStore(stage.seed(160));
                TcpProxy before = new TcpProxy(redis.port(), InetAddress.getByName("127.0.0.2"), 0);
                TcpProxy after = new TcpProxy(redis.port(), InetAddress.getByName("127.0.0.3"), before.port());
                Guarantees guarantees = new Guarantees(stage)) {
            slow.begin();
            name(names, "127.0.0.2");
            stage.with("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + names)
                    .with("REDIS_HOST", NAME)
                    .with("REDIS_PORT", after.port());
            MigrationProcess producer = start(stage);
            name(names, "127.0.0.3");
            before.vanish();
            int migrated = stage.migrated();
            stage.awaitMigrated(migrated + 60);
            assertThat(producer.log()).contains("trying again");
            guarantees.hold(producer, 0);
        }
    }

    private static void name(Path names, String address) throws IOException {
        String own = InetAddress.getLocalHost().getHostName();
        Files.writeString(names, "127.0.0.1 localhost " + own + "\n" + address + " " + NAME + "\n");
    }

    private static MigrationProcess start(MigrationStage stage) {
        MigrationProcess producer = stage.producer();
        stage.consumer();
        stage.awaitMigrated(20);
        return producer;
    }
}
