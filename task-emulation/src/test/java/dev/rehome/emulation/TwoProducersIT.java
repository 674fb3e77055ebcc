package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two producers on one migration: one works, the other waits and logs that. */
@ExtendWith(EmulatedMigrationExtension.class)
final class TwoProducersIT {
    private static final String WAITS = "Another producer holds the lock of this migration";

    @Test
    void secondTakesOverWhenTheFirstIsKilled(EmulatedMigration migration) throws SQLException {
        try (StoreGate store = new StoreGate(migration.seed(100), 30);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess first = migration.producerProcess();
            first.awaitLog("Run 1 started");
            MigrationProgram second = migration.producer();
            second.awaitLog(WAITS);
            migration.consumer();
            migration.awaitMigrated(20);
            assertThat(second.log()).doesNotContain("Run 1");
            first.kill();
            store.open();
            guarantees.hold(second, 0);
            assertThat(second.log()).contains("Run 1 resumed");
        }
    }
}
