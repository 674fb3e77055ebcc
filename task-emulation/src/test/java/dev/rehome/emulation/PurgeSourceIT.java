package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertMigrates;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleRow;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Legacy objects are deleted when an operator says so, and only those that nobody needs any more. */
@ExtendWith(EmulatedMigrationExtension.class)
final class PurgeSourceIT {
    private static final Map<String, String> AT_ONCE = Map.of("PURGE_WAIT_DAYS", "0");

    @Test
    void onlyLegacyObjectsWhoseCopiesAreProvenAndThatNoRowNamesAreDeleted(EmulatedMigration migration)
            throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(160);
        assertMigrates(0, migration);
        Bucket source = Bucket.legacy(migration);
        Bucket target = Bucket.target(migration);
        Set<String> targets = target.keys();
        int legacy = source.keys().size();
        // The application names a legacy object again, and the next one too; it overwrites one, and replaces a copy.
        String named = SampleRow.of(6).location();
        String overwritten = SampleRow.of(8).location();
        String replaced = SampleRow.of(9).location();
        migration.execute("UPDATE `user profile` SET avatar_key = '" + named + "' WHERE id = 6");
        source.put(overwritten, "newer");
        target.put(SampleRow.of(9).expectedLocation(), "another one");
        source.put("user_image/orphan", "nobody's");

        assertThat(operator.expect(0, "purge-source"))
                .contains("Nothing was deleted")
                .containsPattern("to delete +" + (legacy - 3) + " ");
        assertThat(operator.expect(2, "purge-source", "--delete", "--yes"))
                .contains("less than 7 days ago (PURGE_WAIT_DAYS)");
        assertThat(operator.expect(2, AT_ONCE, "purge-source", "--delete"))
                .contains("This deletes " + (legacy - 3) + " objects with ", migration.source());
        assertThat(source.keys()).hasSize(legacy + 1);

        assertThat(operator.expect(0, AT_ONCE, "purge-source", "--delete", "--yes"))
                .containsPattern("deleted +" + (legacy - 3) + "\\b");
        assertThat(source.keys()).containsExactlyInAnyOrder(named, overwritten, replaced, "user_image/orphan");
        assertThat(target.keys()).containsAll(targets);
        assertThat(operator.expect(0, AT_ONCE, "purge-source", "--delete", "--yes"))
                .containsPattern("to delete +0 ");
    }

    @Test
    void purgeWithinOneBucketThatIsKilledIsRepeatedAndLeavesTheTargets(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(60).with("TARGET_S3_BUCKET", migration.source());
        assertMigrates(0, migration);
        Bucket source = Bucket.legacy(migration);
        int objects = source.keys().size();

        MigrationProcess killed = migration.producerProcess(AT_ONCE, "purge-source", "--delete", "--yes");
        Await.until("an object is deleted", Await.RUN, () -> source.keys().size() < objects);
        killed.kill();
        operator.expect(0, AT_ONCE, "purge-source", "--delete", "--yes");
        assertThat(source.keys()).hasSize(objects / 2).allMatch(key -> key.startsWith("avatar/"));
        assertThat(migration.execute("SELECT avatar_key FROM `user profile` WHERE avatar_key LIKE 'avatar/%'"
                        + " AND avatar_key NOT LIKE 'avatar/earlier/%'"))
                .allMatch(source.keys()::contains);
        assertThat(operator.command("changes")).contains("  purge-source: '' -> 'This deletes ");
    }

    @Test
    void purgeThatIsStoppedKeepsToItsRateAndPrintsWhatItHasDeleted(EmulatedMigration migration) throws Exception {
        migration.seed(60);
        assertMigrates(0, migration);
        Bucket source = Bucket.legacy(migration);
        int objects = source.keys().size();
        MigrationProgram purge = migration.producer(
                Map.of("PURGE_WAIT_DAYS", "0", "MAX_DELETIONS_PER_SECOND", "1"), "purge-source", "--delete", "--yes");
        Await.until("two objects are deleted", () -> source.keys().size() <= objects - 2);

        purge.terminate();
        purge.exitCode(Await.STEP);

        int deleted = objects - source.keys().size();
        assertThat(deleted).as("one a second").isLessThan(objects / 2);
        assertThat(purge.log())
                .contains("Stopped by a signal; repeat the command to delete the others.")
                .containsPattern("deleted +" + deleted + "\\b");
    }

    @Test
    void nothingIsDeletedAfterARollbackOrWhileCopiesAreMissing(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(60);
        assertMigrates(0, migration);
        Bucket source = Bucket.legacy(migration);
        Set<String> sources = source.keys();
        String lost = SampleRow.of(6).expectedLocation();
        Bucket.target(migration).delete(lost);
        assertThat(operator.expect(2, AT_ONCE, "purge-source", "--delete", "--yes"))
                .contains("Nothing is deleted while copies are missing: 1 objects");

        operator.expect(0, "rollback");
        assertThat(operator.expect(2, AT_ONCE, "purge-source", "--delete", "--yes"))
                .contains("Batches were rolled back at ");
        assertThat(source.keys()).isEqualTo(sources);
    }
}
