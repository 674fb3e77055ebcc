package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The migration's own tables and keys are dropped when an operator says so, and not before the run is complete. */
@ExtendWith(EmulatedMigrationExtension.class)
final class CleanupIT {
    @Test
    void onlyWhatTheMigrationMadeForItselfIsDropped(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(60);
        MigrationProgram producer = migration.producer();
        Await.until(
                "the run has started", Await.STEP, () -> migration.runState().equals("RUNNING"));
        assertThat(operator.expect(2, "cleanup", "--yes")).contains("Run 1 is in progress");
        migration.consumer();
        assertEnds(0, producer);
        long migrated = migration.migrated();

        assertThat(operator.expect(2, "cleanup"))
                .contains("  " + migration.name() + ".rehome_mapping_run")
                .contains("Nothing was changed");
        assertThat(migration.runState()).isEqualTo("COMPLETE");

        operator.expect(0, "cleanup", "--yes");
        assertThat(migration.execute("SHOW TABLES")).containsExactly("user profile");
        assertThat(migration.migrated()).isEqualTo(migrated);
        assertThat(operator.expect(0, "cleanup", "--yes")).contains("Nothing is left of this migration.");
    }
}
