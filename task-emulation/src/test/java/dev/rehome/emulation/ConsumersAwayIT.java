package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All consumers are dead for several leases. */
@ExtendWith(EmulatedMigrationExtension.class)
final class ConsumersAwayIT {
    private static final String EXPIRED = "batches whose leases expired";

    @Test
    @DisplayName("C8 all consumers are dead for several leases: the queue keeps every batch until they return")
    void queueKeepsEveryBatchUntilConsumersReturn(EmulatedMigration migration) throws Exception {
        try (StoreGate store = new StoreGate(migration.seed(100), 60);
                Guarantees guarantees = new Guarantees(migration);
                QueueInspector queue = migration.queue()) {
            MigrationProgram producer = migration.producer();
            MigrationProcess one = migration.consumerProcess();
            MigrationProcess other = migration.consumerProcess();
            migration.awaitMigrated(20);
            one.kill();
            other.kill();
            Await.until("all batches are pending", () -> queue.open() > 0 && queue.pending() == queue.open());
            Set<String> waiting = queue.keys();
            // Three leases: the passing of time is the fault. The log may lag behind the queue for a moment.
            TimeUnit.SECONDS.sleep(1);
            int expirations = expirations(producer);
            TimeUnit.SECONDS.sleep(7);
            assertThat(queue.keys()).isEqualTo(waiting);
            assertThat(queue.pending()).isEqualTo(queue.open());
            assertThat(queue.attempts())
                    .as("waiting doesn't count as an attempt")
                    .isLessThanOrEqualTo(1);
            assertThat(expirations(producer)).as("no lease expires twice").isEqualTo(expirations);
            assertThat(producer.isAlive()).isTrue();
            store.open();
            migration.consumer();
            guarantees.hold(producer, 0);
            assertThat(expirations(producer))
                    .as("no further expiry after the return")
                    .isBetween(expirations, expirations + 1);
        }
    }

    private static int expirations(MigrationProgram producer) {
        return producer.log().split(EXPIRED, -1).length - 1;
    }
}
