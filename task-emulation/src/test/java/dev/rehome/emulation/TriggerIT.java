package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MariaDB stores another value than the migrator wrote, or rejects a row: that row fails, all others are migrated. */
@ExtendWith(EmulatedMigrationExtension.class)
final class TriggerIT {
    private static final String FAILED = "SELECT CONCAT(k1, ' ', code) FROM " + EmulatedMigration.MAPPING_TABLE
            + " WHERE outcome = 'FAILED' AND run_no = 1 ORDER BY CAST(k1 AS INT)";

    /** The migrator has no TRIGGER right, so MariaDB 11.4 doesn't show it the trigger. */
    @Test
    void rowsThatATriggerAltersOrRejectsFailAndAllOthersAreMigrated(EmulatedMigration migration) throws SQLException {
        migration.seed(120);
        try (Guarantees guarantees = new Guarantees(migration)) {
            migration.execute("CREATE TRIGGER altering BEFORE UPDATE ON `user profile` FOR EACH ROW CASE"
                    + " WHEN NEW.id IN (10, 11) THEN SET NEW.avatar_key = UPPER(NEW.avatar_key);"
                    + " WHEN NEW.id IN (40, 41) THEN SET NEW.avatar_key = OLD.avatar_key;"
                    + " WHEN NEW.id = 60 THEN SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 31001;"
                    + " WHEN NEW.id = 70 THEN SET NEW.avatar_key = NULL;"
                    + " WHEN NEW.id = 80 THEN SET NEW.avatar_key = '"
                    + SampleRow.of(82).expectedLocation() + "';"
                    + " WHEN NEW.id = 82 THEN SET NEW.avatar_key = '"
                    + SampleRow.of(80).expectedLocation() + "';"
                    + " ELSE BEGIN END; END CASE");
            LongStream.of(10, 11, 40, 41, 60, 70, 80, 82)
                    .mapToObj(SampleRow::of)
                    .forEach(row -> migration.journal().cannotBeMoved(row.location()));

            MigrationProgram producer = migration.producer();
            migration.consumer();
            guarantees.hold(producer, 3);

            assertThat(migration.execute(FAILED))
                    .containsExactly(
                            "10 VALUE_ALTERED",
                            "11 VALUE_ALTERED",
                            "40 VALUE_ALTERED",
                            "41 VALUE_ALTERED",
                            "60 REJECTED",
                            "70 VALUE_ALTERED",
                            "80 VALUE_ALTERED",
                            "82 VALUE_ALTERED");
            assertThat(producer.log()).contains("VALUE_ALTERED: 7;").contains("REJECTED: 1;");
            MigrationProgram verify = migration.consumer(Map.of(), "verify");
            assertEnds(0, verify);
            assertThat(verify.log()).contains("8 records failed in run 2").doesNotContain("Everything holds");
        }
    }
}
