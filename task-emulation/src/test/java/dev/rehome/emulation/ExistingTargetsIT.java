package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Objects exist at the targets before the migration. */
@ExtendWith(EmulatedMigrationExtension.class)
final class ExistingTargetsIT {
    @Test
    @DisplayName("S7 targets with other content stay and are reported; with the same content they count as copied")
    void existingTargetsAreNeverOverwritten(EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        Bucket target = Bucket.target(migration);
        for (long id = 1; id <= 5; id++) {
            target.put(SampleRow.of(id).expectedLocation(), "something else");
            migration.journal().cannotBeMoved(SampleRow.of(id).location());
        }
        for (long id = 21; id <= 25; id++) {
            SampleRow row = SampleRow.of(id);
            target.put(
                    row.expectedLocation(),
                    row.object(EmulatedMigration.OBJECT_SIZE).orElseThrow().bytes());
        }
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = migration.producer();
            migration.consumer();
            guarantees.hold(producer, 3);
            assertThat(producer.log()).contains("CONFLICT: 5;").containsPattern("migrated +50\\b");
        }
    }
}
