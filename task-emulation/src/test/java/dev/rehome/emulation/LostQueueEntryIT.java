package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator removes a batch from the queue's list: it is open, and nobody would ever claim it. */
@ExtendWith(EmulatedMigrationExtension.class)
final class LostQueueEntryIT {
    @Test
    @DisplayName("Q11 a pending batch is removed from its list")
    void batchInNoListIsReconciled(EmulatedMigration migration) throws SQLException {
        migration.seed(100).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = Guarantees.withDamagedQueue(migration);
                QueueInspector queue = migration.queue()) {
            MigrationProcess producer = migration.producer();
            Await.until("batches are pending", () -> queue.pending() > 3);
            queue.eval("redis.call('RPOP', ARGV[1] .. 'pending')", "");
            migration.consumer();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).contains("inconsistent queue entries");
        }
    }
}
