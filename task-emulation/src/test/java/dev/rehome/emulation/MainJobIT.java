package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main job without faults, with the exit codes of its processes. */
@ExtendWith(EmulatedMigrationExtension.class)
final class MainJobIT {
    @Test
    void completeMigrationEndsWithExitCodeZero(EmulatedMigration migration) throws SQLException {
        migration.seed(450);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = migration.producer();
            MigrationProgram first = migration.consumer();
            MigrationProgram second = migration.consumer();
            assertEnds(0, producer);
            assertEnds(0, first);
            assertEnds(0, second);
            guarantees.hold(0);
        }
    }

    @Test
    void missingObjectIsReportedWithExitCodeThree(EmulatedMigration migration) throws SQLException {
        migration.seed(510);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = migration.producer();
            MigrationProgram consumer = migration.consumer();
            assertEnds(3, producer);
            assertThat(producer.log()).contains("NOT_FOUND: 1").contains("row 499");
            assertEnds(0, consumer);
            guarantees.hold(3);
        }
    }

    @Test
    void wrongSettingsAreReportedTogetherWithExitCodeTwo(EmulatedMigration migration) throws SQLException {
        migration.seed(10);
        List<String> before = tables(migration);
        Map<String, String> wrong =
                Map.of("SOURCE_S3_BUCKET", "", "DB_USER", "", "BATCH_SIZE", "0", "LEASE_SECONDS", "soon");
        MigrationProgram producer = migration.producer(wrong);
        MigrationProgram consumer = migration.consumer(wrong);
        assertEnds(2, producer);
        assertThat(producer.log())
                .contains("4 problems")
                .contains("SOURCE_S3_BUCKET is not set: expected")
                .contains("DB_USER is not set: expected")
                .contains("BATCH_SIZE is not valid: expected a whole number from 1")
                .contains("LEASE_SECONDS is not valid: expected seconds");
        assertEnds(2, consumer);
        assertThat(consumer.log()).contains("3 problems");
        assertThat(tables(migration)).isEqualTo(before);
    }

    @Test
    void failedPreflightCreatesNothingAndEndsWithExitCodeTwo(EmulatedMigration migration) throws SQLException {
        migration.seed(10);
        List<String> before = tables(migration);
        MigrationProgram producer = migration.producer(Map.of("ON_UPDATE_TIMESTAMPS", "ask"));
        assertEnds(2, producer);
        assertThat(producer.log()).contains("ON_UPDATE_TIMESTAMPS=keep").contains("nothing was changed");
        assertThat(tables(migration)).isEqualTo(before);
    }

    @Test
    void planCountsAndChangesNothing(EmulatedMigration migration) throws SQLException {
        Operator operator = new Operator(migration);
        migration.seed(450);
        List<String> before = tables(migration);
        var rows = CatalogRows.of(migration);
        assertThat(operator.expect(0, "plan"))
                .contains("414 legacy rows, 21 batches of 20")
                .contains("nothing was changed yet");
        assertThat(tables(migration)).isEqualTo(before);
        assertThat(CatalogRows.of(migration)).isEqualTo(rows);
        try (QueueInspector queue = migration.queue()) {
            assertThat(queue.keys()).isEmpty();
        }
    }

    /** The definition of each table of the schema. */
    private static List<String> tables(EmulatedMigration migration) throws SQLException {
        return migration.execute("SELECT CONCAT_WS(' ', TABLE_NAME, CREATE_TIME, TABLE_COMMENT)"
                + " FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME");
    }
}
