package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.CatalogRows;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import dev.rehome.emulation.stage.Replica;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A replica that falls behind, or isn't there, holds the run and is waited for; nothing fails. */
@ExtendWith(OnStage.class)
final class ReplicaLagIT {
    @Test
    void runWaitsForAReplicaThatStoppedOrIsGoneAndGoesOnWithIt(MigrationStage stage) throws SQLException {
        try (Replica replica = new Replica(stage)) {
            stage.seed(160).with("COPY_CONCURRENCY", 1).with("THROTTLE_REPLICAS", replica.address());
            try (Guarantees guarantees = new Guarantees(stage)) {
                MigrationProcess producer = stage.producer();
                MigrationProcess consumer = stage.consumer();
                stage.awaitMigrated(20);
                replica.stop();
                consumer.awaitLog("Claiming nothing for now: replica " + replica.address() + " is ");
                producer.awaitLog("waiting: replica " + replica.address() + " is 3.");
                int migrated = stage.migrated();
                producer.awaitLog("waiting: replica " + replica.address() + " is 5.");
                assertThat(stage.migrated()).isEqualTo(migrated).isLessThan(140);
                replica.start();
                stage.awaitMigrated(migrated + 20);
                replica.kill();
                producer.awaitLog("(it doesn't answer)");
                replica.restart();
                guarantees.hold(producer, 0);
                Patience.until(
                        "the replica holds the same rows", () -> replica.rows().equals(CatalogRows.of(stage)));
            }
        }
    }

    @Test
    void replicaThatNobodyWatchesIsToldInThePlan(MigrationStage stage) throws SQLException {
        try (Replica replica = new Replica(stage)) {
            stage.seed(40);
            MigrationProcess plan = stage.producer(Map.of(), "plan");
            assertThat(plan.exitCode(Patience.STEP)).isZero();
            assertThat(plan.log()).contains("1 replica is connected to the primary and nobody watches the lag");

            MigrationProcess watching = stage.producer(Map.of("THROTTLE_REPLICAS", replica.address()), "plan");
            assertThat(watching.exitCode(Patience.STEP)).isZero();
            assertThat(watching.log()).doesNotContain("nobody watches");
        }
    }
}
