package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertMigrates;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.seeding.SampleRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An operator abandons a run and drops the migrator's tables, while batches of the run are still in Redis. */
@ExtendWith(EmulatedMigrationExtension.class)
final class AbandonedRunIT {
    @TempDir
    private Path directory;

    @Test
    void nextRunMovesOnlyTheRowsOfItsManifest(EmulatedMigration migration) throws SQLException, IOException {
        migration.seed(60);
        MigrationProcess abandoned = migration.producerProcess();
        try (QueueInspector queue = migration.queue()) {
            Await.until("batches are pending", () -> queue.pending() > 0);
            abandoned.kill();
            for (String table : migration.execute("SELECT TABLE_NAME FROM information_schema.TABLES"
                    + " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE '" + EmulatedMigration.MAPPING_TABLE
                    + "%'")) {
                migration.execute("DROP TABLE " + table);
            }
            assertThat(queue.pending()).as("batches of the abandoned run").isPositive();

            Path manifest = Files.writeString(
                    directory.resolve("manifest.csv"), SampleRow.of(1).location() + "\n");
            migration.with("MANIFEST", manifest);
            assertMigrates(0, migration);
            assertThat(queue.open()).isZero();
        }
        CatalogRows.of(migration)
                .forEach((id, row) -> assertThat(row.location())
                        .as("row " + id)
                        .isEqualTo(
                                id == 1
                                        ? SampleRow.of(id).expectedLocation()
                                        : SampleRow.of(id).location()));
    }
}
