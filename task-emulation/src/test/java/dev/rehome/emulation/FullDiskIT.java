package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis can't write its append-only file: it refuses every write, and that is waited out. */
@ExtendWith(OnStage.class)
final class FullDiskIT {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @Test
    void redisThatCannotWriteToItsDiskIsWaitedOut(MigrationStage stage) throws Exception {
        assumeTrue(Files.isExecutable(PRLIMIT), "the limit of a running process is set by prlimit of util-linux");
        stage.seed(160).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            MigrationProcess consumer = stage.consumer();
            stage.awaitMigrated(20);
            // No file may grow any more: the same error to Redis as that of a full disk.
            limitFiles(stage, "1:");
            try {
                consumer.awaitLog("MISCONF");
                producer.awaitLog("MISCONF");
            } finally {
                limitFiles(stage, "unlimited:");
            }
            guarantees.hold(producer, 0);
        }
    }

    private static void limitFiles(MigrationStage stage, String bytes) throws IOException, InterruptedException {
        String pid = Long.toString(stage.servers().redis().pid());
        Process prlimit = new ProcessBuilder(PRLIMIT.toString(), "--pid", pid, "--fsize=" + bytes)
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }
}
