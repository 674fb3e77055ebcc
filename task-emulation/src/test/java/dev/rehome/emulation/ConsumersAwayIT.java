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
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All consumers are dead for several leases. */
@ExtendWith(EmulatedMigrationExtension.class)
final class ConsumersAwayIT {
    private static final Pattern EXPIRED = Pattern.compile("Requeued (\\d+) batches whose leases expired");

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
            long attempts = queue.totalAttempts();
            // The producer logs an expiry only after the batch is pending.
            Await.until(
                    "the producer has logged each expiry",
                    () -> expired(producer).sum() >= attempts);
            long expirations = expired(producer).count();
            // More than two leases: the passing of time is the fault.
            TimeUnit.SECONDS.sleep(7);
            assertThat(queue.keys()).isEqualTo(waiting);
            assertThat(queue.pending()).isEqualTo(queue.open());
            assertThat(queue.totalAttempts())
                    .as("waiting doesn't count as an attempt")
                    .isEqualTo(attempts);
            assertThat(expired(producer).count()).as("no lease expires twice").isEqualTo(expirations);
            assertThat(producer.isAlive()).isTrue();
            store.open();
            migration.consumer();
            guarantees.hold(producer, 0);
            assertThat(expired(producer).count())
                    .as("no further expiry after the return")
                    .isBetween(expirations, expirations + 1);
        }
    }

    /** The number of leases that expired, for each time that the producer found some. */
    private static LongStream expired(MigrationProgram producer) {
        return EXPIRED.matcher(producer.log()).results().mapToLong(found -> Long.parseLong(found.group(1)));
    }
}
