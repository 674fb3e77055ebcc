package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.SlowStore;
import dev.rehome.emulation.fault.Wire;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
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
        try (SlowStore slow = new SlowStore(migration.seed(200));
                Guarantees guarantees = new Guarantees(migration)) {
            slow.begin();
            MigrationProgram producer = migration.producer();
            MigrationProcess frozen = migration.consumerProcess();
            migration.awaitMigrated(20);
            frozen.freeze();
            migration.consumer();
            producer.awaitLog("batches whose leases expired");
            migration.awaitMigrated(60);
            assertThat(producer.isAlive()).as("the run isn't over").isTrue();
            frozen.thaw();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void producerThawedWithoutItsLockChangesNothing(EmulatedMigration migration) throws SQLException {
        migration.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess frozen = migration.producerProcess();
            migration.consumer();
            migration.awaitMigrated(20);
            frozen.freeze();
            Wire.dropConnections(migration);
            MigrationProgram next = migration.producer();
            migration.awaitMigrated(60);
            frozen.thaw();
            frozen.awaitLog("Lost the producer's lock");
            assertThat(next.exitCode(Await.RUN)).as(next.tail()).isZero();
            guarantees.hold(frozen, 0);
        }
    }
}
