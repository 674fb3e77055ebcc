package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.fault.Wire;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes that are frozen past their lease or lock and then resume. */
@ExtendWith(EmulatedMigrationExtension.class)
final class FrozenProcessIT {
    @Test
    void consumerThawedDuringTheRunContinues(EmulatedMigration migration) throws SQLException {
        migration.seed(100).with("MAX_OPEN_BATCHES", 2);
        try (StoreGate store = new StoreGate(migration, 30);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = migration.producer();
            MigrationProcess frozen = migration.consumerProcess();
            migration.awaitMigrated(20);
            frozen.freeze();
            producer.awaitLog("batches whose leases expired");
            // The other consumer finishes the next batch and, before the two last ones, that of the frozen one.
            migration.consumer();
            store.pass(45);
            migration.awaitMigrated(60);
            frozen.thaw();
            store.open();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void producerThawedWithoutItsLockChangesNothing(EmulatedMigration migration) throws SQLException {
        try (StoreGate store = new StoreGate(migration.seed(160), 30);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess frozen = migration.producerProcess();
            migration.consumer();
            migration.awaitMigrated(20);
            frozen.freeze();
            Wire.dropConnections(migration);
            MigrationProgram next = migration.producer();
            store.pass(40);
            migration.awaitMigrated(60);
            frozen.thaw();
            frozen.awaitLog("Lost the producer's lock");
            store.open();
            assertEnds(0, next);
            guarantees.hold(frozen, 0);
        }
    }
}
