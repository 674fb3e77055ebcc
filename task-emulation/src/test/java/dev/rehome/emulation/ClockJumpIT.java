package dev.rehome.emulation;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The clock of Redis jumps by an hour: leases expire too early or at most one lease late, and nothing else happens. */
@ExtendWith(EmulatedMigrationExtension.class)
final class ClockJumpIT {
    private static final Duration JUMP = Duration.ofHours(1);

    @Test
    void clockSetForwardExpiresLeasesAndClockSetBackDelaysTheirExpiry(EmulatedMigration migration) throws SQLException {
        try (StoreGate store = new StoreGate(migration.seed(100), 30);
                QueueInspector queue = migration.queue();
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = migration.producer();
            MigrationProcess killed = migration.consumerProcess();
            migration.awaitMigrated(20);
            // A heartbeat may come in between, so shift until a lease has expired.
            Await.until("leases expire", () -> {
                queue.shiftLeases(JUMP.negated());
                return producer.log().contains("batches whose leases expired");
            });
            Await.until("a batch is in flight", () -> queue.leased() > 0);
            killed.kill();
            queue.shiftLeases(JUMP);
            store.open();
            migration.consumer();
            guarantees.hold(producer, 0);
        }
    }
}
