package dev.rehome.emulation;

import dev.rehome.emulation.fault.SlowStore;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import dev.rehome.emulation.stage.Queue;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The clock of Redis jumps by an hour: batches are recovered too early or a little late, and nothing else comes of it. */
@ExtendWith(OnStage.class)
final class ClockJumpIT {
    private static final Duration JUMP = Duration.ofHours(1);

    @Test
    void clockSetForwardHandsBatchesToOthersWhileTheyAreWorkedOn(MigrationStage stage) throws SQLException {
        try (SlowStore slow = new SlowStore(stage.seed(160));
                Guarantees guarantees = new Guarantees(stage)) {
            slow.begin();
            MigrationProcess producer = stage.producer();
            stage.consumer();
            stage.consumer();
            stage.awaitMigrated(20);
            try (Queue queue = stage.queue()) {
                // A heartbeat may come in between.
                Patience.until("leases seem to have run out", () -> {
                    queue.shiftLeases(JUMP.negated());
                    return producer.log().contains("Leases ran out");
                });
            }
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void clockSetBackKeepsTheBatchesOfADeadConsumerForNoMoreThanALease(MigrationStage stage) throws SQLException {
        try (SlowStore slow = new SlowStore(stage.seed(160));
                Guarantees guarantees = new Guarantees(stage)) {
            slow.begin();
            MigrationProcess producer = stage.producer();
            MigrationProcess dies = stage.consumer();
            stage.awaitMigrated(20);
            try (Queue queue = stage.queue()) {
                Patience.until("batches are in flight", () -> queue.leased() > 0);
                dies.kill();
                queue.shiftLeases(JUMP);
            }
            stage.consumer();
            guarantees.hold(producer, 0);
        }
    }
}
