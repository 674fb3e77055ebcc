package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Processes that stand still past their lease or lock and then go on as if nothing had happened. */
@ExtendWith(OnStage.class)
final class FrozenProcessIT {
    @Test
    void consumerThatWakesUpAfterTheEndHarmsNothingAndEnds(MigrationStage stage) throws SQLException {
        stage.seed(200).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            try (Queue queue = stage.queue()) {
                // So that the consumer is never idle before it is frozen.
                Patience.until("work waits", () -> queue.pending() > 5);
            }
            MigrationProcess zombie = stage.consumer();
            stage.awaitMigrated(20);
            zombie.freeze();
            stage.consumer();
            assertThat(producer.exitCode(Patience.RUN)).as(producer.tail()).isZero();
            assertThat(producer.log()).contains("Leases ran out");
            guarantees.judge();
            zombie.thaw();
            assertThat(zombie.exitCode(Duration.ofSeconds(30)))
                    .as(zombie.tail())
                    .isZero();
            assertThat(zombie.log()).contains("lost");
            guarantees.hold(0);
        }
    }

    @Test
    void consumerThatWakesUpInTheMiddleGoesOn(MigrationStage stage) throws SQLException {
        try (SlowStore slow = new SlowStore(stage.seed(200));
                Guarantees guarantees = new Guarantees(stage)) {
            slow.begin();
            MigrationProcess producer = stage.producer();
            MigrationProcess zombie = stage.consumer();
            stage.awaitMigrated(20);
            zombie.freeze();
            stage.consumer();
            producer.awaitLog("Leases ran out");
            stage.awaitMigrated(60);
            assertThat(producer.isAlive()).as("in the middle").isTrue();
            zombie.thaw();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void producerThatWakesUpWithoutItsLockChangesNothing(MigrationStage stage) throws SQLException {
        stage.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess zombie = stage.producer();
            stage.consumer();
            stage.awaitMigrated(20);
            zombie.freeze();
            stage.dropConnections();
            MigrationProcess next = stage.producer();
            stage.awaitMigrated(60);
            zombie.thaw();
            zombie.awaitLog("lock is lost");
            assertThat(next.exitCode(Patience.RUN)).as(next.tail()).isZero();
            guarantees.hold(zombie, 0);
        }
    }
}
