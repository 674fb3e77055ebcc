package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The migration's own tables and keys are dropped when an operator says so, and not before the run is complete. */
@ExtendWith(EmulatedMigrationExtension.class)
final class CleanupIT {
    @Test
    void onlyWhatTheMigrationMadeForItselfIsDropped(EmulatedMigration migration) throws Exception {
        migration.seed(60);
        MigrationProgram producer = migration.producer();
        Await.until(
                "the run has started", Await.STEP, () -> migration.runState().equals("RUNNING"));
        MigrationProgram early = ended(migration, "cleanup", "--yes");
        assertThat(early.exitCode(Await.STEP)).as(early.tail()).isEqualTo(2);
        assertThat(early.log()).contains("Run 1 is in progress");
        migration.consumer();
        assertThat(producer.exitCode(Await.RUN)).as(producer.tail()).isZero();
        long migrated = migration.migrated();

        MigrationProgram unconfirmed = ended(migration, "cleanup");
        assertThat(unconfirmed.exitCode(Await.STEP)).as(unconfirmed.tail()).isEqualTo(2);
        assertThat(unconfirmed.log())
                .contains("  " + migration.name() + ".rehome_mapping_run")
                .contains("Nothing was dropped");
        assertThat(migration.runState()).isEqualTo("COMPLETE");

        MigrationProgram cleanup = ended(migration, "cleanup", "--yes");
        assertThat(cleanup.exitCode(Await.STEP)).as(cleanup.tail()).isZero();
        assertThat(migration.execute("SHOW TABLES")).containsExactly("user profile");
        assertThat(migration.migrated()).isEqualTo(migrated);
        MigrationProgram again = ended(migration, "cleanup", "--yes");
        assertThat(again.exitCode(Await.STEP)).isZero();
        assertThat(again.log()).contains("Nothing is left of this migration.");
    }

    private static MigrationProgram ended(EmulatedMigration migration, String... arguments) throws Exception {
        MigrationProgram process = migration.producer(Map.of(), arguments);
        process.exitCode(Await.RUN);
        return process;
    }
}
