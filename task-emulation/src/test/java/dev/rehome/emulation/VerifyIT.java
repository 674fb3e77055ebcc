package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static dev.rehome.emulation.Endings.assertMigrates;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.seeding.SampleRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows S10 and S11 of the fault matrix: after the run, others delete a copy or overwrite a source. */
@ExtendWith(EmulatedMigrationExtension.class)
final class VerifyIT {
    private static final SampleRow FIRST_LOST = SampleRow.of(5);
    private static final SampleRow SECOND_LOST = SampleRow.of(66);
    private static final SampleRow OVERWRITTEN = SampleRow.of(15);
    private static final SampleRow ALTERED = SampleRow.of(40);
    private static final SampleRow REVERTED = SampleRow.of(45);

    @TempDir
    private Path directory;

    @Test
    void differencesAreFoundAndMissingObjectsCopiedAgain(EmulatedMigration migration) throws Exception {
        migration.seed(160);
        assertMigrates(0, migration);

        breakThings(migration);
        Path findings = directory.resolve("findings.jsonl");
        assertThat(verify(migration, 3, "--output", findings.toString()))
                .contains("Verified 145 references (all)")
                .containsPattern("intact +140\n")
                .containsPattern("MISSING +2 ")
                .contains("row 5: " + FIRST_LOST.expectedLocation())
                .contains("row 66: " + SECOND_LOST.expectedLocation())
                .containsPattern("SOURCE_OVERWRITTEN +1 ")
                .contains("row 15: " + OVERWRITTEN.expectedLocation())
                .containsPattern("ALTERED +1 ")
                .contains("the row holds '" + altered() + "'")
                .containsPattern("REVERTED +1 ")
                .containsPattern("changed +1 ")
                .containsPattern("deleted +1 ");
        assertThat(Files.readAllLines(findings)).hasSize(5);

        assertThat(verify(migration, 3, "--repair"))
                .containsPattern("repaired +2 ")
                .containsPattern("SOURCE_OVERWRITTEN +1 ")
                .doesNotContain("MISSING");

        // The operator decides that the earlier bytes and the new keys are right.
        Bucket.legacy(migration)
                .put(
                        OVERWRITTEN.location(),
                        OVERWRITTEN
                                .object(EmulatedMigration.OBJECT_SIZE)
                                .orElseThrow()
                                .bytes());
        set(migration, 40, ALTERED.expectedLocation());
        set(migration, 45, REVERTED.expectedLocation());
        assertThat(verify(migration, 0)).containsPattern("intact +145\n").contains("Everything holds.");
    }

    /** As a trigger with LOWER or UPPER would have stored it. */
    private static String altered() {
        return ALTERED.expectedLocation().toUpperCase(Locale.ROOT);
    }

    /**
     * Deletes two targets and overwrites a source; lets the application change one row and delete another; alters one
     * value and reverts another.
     */
    private static void breakThings(EmulatedMigration migration) throws SQLException {
        for (SampleRow row : new SampleRow[] {FIRST_LOST, SECOND_LOST}) {
            Bucket.target(migration).delete(row.expectedLocation());
        }
        Bucket.legacy(migration).put(OVERWRITTEN.location(), "other bytes");
        Bucket.target(migration).put("mine/20.jpg", "mine");
        set(migration, 20, "mine/20.jpg");
        migration.execute("DELETE FROM `user profile` WHERE id = 30");
        set(migration, 40, altered());
        set(migration, 45, REVERTED.location());
    }

    private static void set(EmulatedMigration migration, long id, String location) throws SQLException {
        migration.execute("UPDATE `user profile` SET avatar_key = '" + location + "' WHERE id = " + id);
    }

    @Test
    void verificationWithoutAMappingTableIsRefused(EmulatedMigration migration) throws SQLException, IOException {
        migration.seed(10);
        assertThat(verify(migration, 2))
                .contains("doesn't exist, so nothing was migrated with it")
                .contains("TEMP_TABLE_FOR_UPDATE");
    }

    /** Runs {@code consumer verify}, which must end with this exit code and needs no Redis; returns what it printed. */
    private static String verify(EmulatedMigration migration, int exitCode, String... arguments) {
        String[] all = Stream.concat(Stream.of("verify"), Stream.of(arguments)).toArray(String[]::new);
        return assertEnds(exitCode, migration.consumer(Map.of("REDIS_HOST", ""), all))
                .log();
    }
}
