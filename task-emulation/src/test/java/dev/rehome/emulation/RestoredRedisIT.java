package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Redis comes back with older data or at another address: redelivered batches change nothing, lost rows are found. */
@ExtendWith(EmulatedMigrationExtension.class)
final class RestoredRedisIT {
    private static final String NAME = "redis.test";

    @TempDir
    private Path directory;

    @Test
    void redeliveredBatchesOfARestoredRedisChangeNothing(EmulatedMigration migration) throws SQLException, IOException {
        try (StoreGate store = new StoreGate(migration.seed(160), 30);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = start(migration);
            EmbeddedRedis redis = migration.servers().redis();
            Path backup = directory.resolve("backup");
            redis.backUp(backup);
            store.pass(60);
            migration.awaitMigrated(80);
            redis.putBack(backup);
            store.open();
            guarantees.hold(producer, 0);
            // A batch applied twice would show here.
            assertThat(producer.log()).containsPattern("migrated +147\\b");
        }
    }

    @Test
    void redisThatMovesWithItsDataAndThenWithoutItIsReachedUnderItsName(EmulatedMigration migration)
            throws SQLException, IOException {
        EmbeddedRedis before = migration.servers().redis();
        try (StoreGate store = new StoreGate(migration.seed(100), 30);
                EmbeddedRedis after = EmbeddedRedis.start(directory.resolve("redis"));
                EmbeddedRedis empty = EmbeddedRedis.start(directory.resolve("empty"));
                TcpProxy name = new TcpProxy(before.port());
                // The guarantee of the queue would judge the old server, which keeps its batches.
                Guarantees guarantees = Guarantees.withDamagedQueue(migration)) {
            migration.with("REDIS_PORT", name.port());
            MigrationProgram producer = start(migration);
            before.backUp(directory.resolve("moved"));
            after.putBack(directory.resolve("moved"));
            name.retarget(after.port());
            name.cut();
            producer.awaitLog("Redis restarted or was replaced");
            int logged = producer.log().length();
            name.retarget(empty.port());
            name.cut();
            Await.until(
                    "the producer notices the empty Redis",
                    () -> producer.log().substring(logged).contains("Redis restarted or was replaced"));
            store.open();
            guarantees.hold(producer, 0);
        }
    }

    /** On Linux the whole of 127.0.0.0/8 is the loopback. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void nameOfRedisIsResolvedAgain(EmulatedMigration migration) throws SQLException, IOException {
        EmbeddedRedis redis = migration.servers().redis();
        Path names = directory.resolve("names");
        try (StoreGate store = new StoreGate(migration.seed(100), 30);
                TcpProxy before = new TcpProxy(redis.port(), InetAddress.getByName("127.0.0.2"), 0);
                TcpProxy after = new TcpProxy(redis.port(), InetAddress.getByName("127.0.0.3"), before.port());
                Guarantees guarantees = new Guarantees(migration)) {
            name(names, "127.0.0.2");
            migration
                    .with("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + names)
                    .with("REDIS_HOST", NAME)
                    .with("REDIS_PORT", after.port());
            MigrationProgram producer = start(migration);
            name(names, "127.0.0.3");
            before.vanish();
            producer.awaitLog("retrying");
            store.open();
            guarantees.hold(producer, 0);
        }
    }

    private static void name(Path names, String address) throws IOException {
        String own = InetAddress.getLocalHost().getHostName();
        Files.writeString(names, "127.0.0.1 localhost " + own + "\n" + address + " " + NAME + "\n");
    }

    private static MigrationProgram start(EmulatedMigration migration) {
        MigrationProgram producer = migration.producer();
        migration.consumer();
        migration.awaitMigrated(20);
        return producer;
    }
}
