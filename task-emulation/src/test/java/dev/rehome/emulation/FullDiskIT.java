package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis can't write its append-only file and rejects every write: the migration waits. */
@ExtendWith(EmulatedMigrationExtension.class)
final class FullDiskIT {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @Test
    void redisWithAFullDiskIsWaitedFor(EmulatedMigration migration) throws Exception {
        assumeTrue(
                Files.isExecutable(PRLIMIT), "needs prlimit of util-linux, which sets the limits of a running process");
        try (StoreGate store = new StoreGate(migration.seed(100), 30);
                QueueInspector queue = migration.queue();
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = migration.producer();
            MigrationProgram consumer = migration.consumer();
            migration.awaitMigrated(20);
            // No file may grow any more: Redis gets the same error as from a full disk.
            limitFiles(migration, "1:");
            try {
                // While a sync of the disk takes long, Redis accepts writes for two seconds more.
                Await.until("Redis has failed to write its file", queue::isWriteFailing);
                store.open();
                consumer.awaitLog("MISCONF");
                producer.awaitLog("MISCONF");
            } finally {
                limitFiles(migration, "unlimited:");
            }
            guarantees.hold(producer, 0);
        }
    }

    private static void limitFiles(EmulatedMigration migration, String bytes) throws IOException, InterruptedException {
        String pid = Long.toString(migration.servers().redis().pid());
        Process prlimit = new ProcessBuilder(PRLIMIT.toString(), "--pid", pid, "--fsize=" + bytes)
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }
}
