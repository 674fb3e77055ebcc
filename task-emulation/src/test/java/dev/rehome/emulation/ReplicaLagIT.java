package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.SlowStore;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.CatalogRows;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import dev.rehome.emulation.stage.Replica;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A replica that falls behind, or isn't there, holds the run and is waited for; nothing fails. */
@ExtendWith(OnStage.class)
final class ReplicaLagIT {
    private static final Pattern LAG = Pattern.compile("waiting: replica [0-9.:]+ lags ([0-9]+)\\.[0-9] s > 1\\.5");

    @Test
    void runWaitsForAReplicaThatStoppedOrIsGoneAndGoesOnWithIt(MigrationStage stage) throws SQLException {
        try (Replica replica = new Replica(stage);
                SlowStore slow = new SlowStore(stage.seed(160));
                Guarantees guarantees = new Guarantees(stage)) {
            slow.begin();
            stage.with("THROTTLE_REPLICAS", replica.address());
            MigrationProcess producer = stage.producer();
            MigrationProcess consumer = stage.consumer();
            stage.awaitMigrated(20);
            replica.stop();
            consumer.awaitLog("Claiming nothing for now: replica " + replica.address() + " lags ");
            awaitLag(producer, 3);
            int migrated = stage.migrated();
            awaitLag(producer, 5);
            assertThat(stage.migrated()).isEqualTo(migrated).isLessThan(120);
            // While the run waits: it could come to its end before a replica that dies later is missed.
            replica.kill();
            producer.awaitLog("(not responding)");
            replica.restart();
            replica.start();
            guarantees.hold(producer, 0);
            Patience.until(
                    "the replica holds the same rows", () -> replica.rows().equals(CatalogRows.of(stage)));
        }
    }

    /** Waits until the producer tells of a lag of so many seconds, or more. */
    private static void awaitLag(MigrationProcess producer, int seconds) {
        Patience.until(
                "the producer waits for a replica that is " + seconds + " s behind",
                () -> LAG.matcher(producer.log())
                        .results()
                        .anyMatch(told -> Integer.parseInt(told.group(1)) >= seconds));
    }

    @Test
    void replicaThatNobodyWatchesOrThatIsGoneIsToldInThePlan(MigrationStage stage) throws SQLException {
        try (Replica replica = new Replica(stage)) {
            stage.seed(40);
            MigrationProcess plan = stage.producer(Map.of(), "plan");
            assertThat(plan.exitCode(Patience.STEP)).isZero();
            assertThat(plan.log()).contains("1 replica is connected to the primary and nobody watches the lag");

            MigrationProcess watching = stage.producer(Map.of("THROTTLE_REPLICAS", replica.address()), "plan");
            assertThat(watching.exitCode(Patience.STEP)).isZero();
            assertThat(watching.log()).doesNotContain("nobody watches").doesNotContain("would wait for it");

            replica.kill();
            MigrationProcess missing = stage.producer(Map.of("THROTTLE_REPLICAS", replica.address()), "plan");
            assertThat(missing.exitCode(Patience.STEP)).isZero();
            assertThat(missing.log())
                    .contains("at the replica " + replica.address())
                    .contains("would wait for it");
        }
    }
}
