package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

            MigrationProcess producer = migration.producer();
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
            assertVerified(migration, "8 records failed in run 2");
        }
    }

    @Test
    void rowThatBecomesTooLargeFailsAndAllOthersAreMigrated(EmulatedMigration migration) throws SQLException {
        migration.seed(30).with("TARGET_OBJECT_PREFIX", "avatar/" + "deep/".repeat(38));
        String columns = IntStream.range(0, 11)
                .mapToObj(i -> ", ADD c" + i + " VARCHAR(768) CHARACTER SET latin1")
                .collect(Collectors.joining());
        migration.execute(
                "SET STATEMENT innodb_strict_mode = 0 FOR ALTER TABLE `user profile` ROW_FORMAT=COMPACT" + columns);
        // With its legacy key the row needs some 8,030 of the 8,126 bytes that InnoDB allows.
        String filled = IntStream.range(0, 10)
                .mapToObj(i -> "c" + i + " = REPEAT('x', 768), ")
                .collect(Collectors.joining());
        migration.execute("UPDATE `user profile` SET " + filled + "c10 = REPEAT('x', 256) WHERE id = 20");

        MigrationProcess producer = migration.producer();
        migration.consumer();

        assertThat(producer.exitCode(Await.RUN)).as(producer.tail()).isEqualTo(3);
        assertThat(migration.execute(FAILED)).containsExactly("20 REJECTED");
        assertThat(migration.execute("SELECT message FROM " + EmulatedMigration.MAPPING_TABLE + " WHERE k1 = 20"))
                .first()
                .asString()
                .contains("error 1118: ");
        assertThat(migration.execute("SELECT id FROM `user profile` WHERE avatar_key LIKE 'user\\_image/%'"))
                .containsExactly("20");
        assertVerified(migration, "1 record failed in run 1");
    }

    private static void assertVerified(EmulatedMigration migration, String failed) {
        MigrationProcess verify = migration.consumer(Map.of(), "verify");
        assertThat(verify.exitCode(Await.STEP)).as(verify.tail()).isZero();
        assertThat(verify.log()).contains(failed).doesNotContain("Everything holds");
    }
}
