package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.Replica;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A replica that lags or is down throttles the run; nothing fails. */
@ExtendWith(EmulatedMigrationExtension.class)
final class ReplicaLagIT {
    private static final Pattern LAG = Pattern.compile("waiting: replica [0-9.:]+ lags ([0-9]+)\\.[0-9] s > 1\\.5");

    @TempDir
    private Path directory;

    @Test
    void runWaitsForAReplicaThatLagsOrIsDown(EmulatedMigration migration) throws SQLException {
        try (Replica replica = new Replica(migration, directory);
                StoreGate store = new StoreGate(migration.seed(160), 30);
                Guarantees guarantees = new Guarantees(migration)) {
            migration.with("THROTTLE_REPLICAS", replica.address());
            MigrationProgram producer = migration.producer();
            MigrationProgram consumer = migration.consumer();
            migration.awaitMigrated(20);
            replica.stop();
            awaitLag(producer, 2);
            // The batch in flight is copied but not applied, and no other is claimed.
            store.open();
            consumer.awaitLog("Claiming no batches for now: replica " + replica.address() + " lags ");
            awaitLag(producer, 4);
            assertThat(migration.migrated()).isEqualTo(20);
            // Kill it while the run waits: otherwise the run could end before it notices.
            replica.kill();
            producer.awaitLog("(not responding)");
            replica.restart();
            replica.start();
            guarantees.hold(producer, 0);
            Await.until("the replica holds the same rows", () -> replica.rows().equals(CatalogRows.of(migration)));
        }
    }

    /** Waits until the producer reports a lag of at least this many seconds. */
    private static void awaitLag(MigrationProgram producer, int seconds) {
        Await.until(
                "the producer waits for a replica that is " + seconds + " s behind",
                () -> LAG.matcher(producer.log()).results().anyMatch(lag -> Integer.parseInt(lag.group(1)) >= seconds));
    }

    @Test
    void planReportsAnUnwatchedReplicaAndOneThatIsDown(EmulatedMigration migration) throws SQLException {
        Operator operator = new Operator(migration);
        try (Replica replica = new Replica(migration, directory)) {
            migration.seed(40);
            assertThat(operator.expect(0, "plan"))
                    .contains("1 replica is connected to the primary, but none is watched for lag");

            assertThat(operator.expect(0, Map.of("THROTTLE_REPLICAS", replica.address()), "plan"))
                    .doesNotContain("none is watched")
                    .doesNotContain("would wait for it");

            replica.kill();
            assertThat(operator.expect(0, Map.of("THROTTLE_REPLICAS", replica.address()), "plan"))
                    .contains("at the replica " + replica.address())
                    .contains("would wait for it");
        }
    }
}
