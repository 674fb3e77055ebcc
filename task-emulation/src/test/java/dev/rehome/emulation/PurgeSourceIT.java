package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleRow;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Legacy objects are deleted when an operator says so, and only those that nobody needs any more. */
@ExtendWith(EmulatedMigrationExtension.class)
final class PurgeSourceIT {
    private static final Map<String, String> AT_ONCE = Map.of("PURGE_WAIT_DAYS", "0");

    @Test
    void onlyLegacyObjectsWhoseCopiesAreProvenAndThatNoRowNamesAreDeleted(EmulatedMigration migration)
            throws Exception {
        migration.seed(160);
        MigrationProgram producer = migration.producer();
        migration.consumer();
        assertThat(producer.exitCode(Await.RUN)).as(producer.tail()).isZero();
        Set<String> targets = keys(migration, migration.target());
        int legacy = keys(migration, migration.source()).size();
        // The application names a legacy object again, and the next one too; it overwrites one, and replaces a copy.
        String named = SampleRow.of(6).location();
        String overwritten = SampleRow.of(8).location();
        String replaced = SampleRow.of(9).location();
        migration.execute("UPDATE `user profile` SET avatar_key = '" + named + "' WHERE id = 6");
        put(migration, migration.source(), overwritten, "newer");
        put(migration, migration.target(), SampleRow.of(9).expectedLocation(), "another one");
        put(migration, migration.source(), "user_image/orphan", "nobody's");

        MigrationProgram shown = ended(migration, Map.of(), "purge-source");
        assertThat(shown.exitCode(Await.STEP)).as(shown.tail()).isZero();
        assertThat(shown.log()).contains("Nothing was deleted").containsPattern("to delete +" + (legacy - 3) + " ");
        MigrationProgram early = ended(migration, Map.of(), "purge-source", "--delete", "--yes");
        assertThat(early.exitCode(Await.STEP)).as(early.tail()).isEqualTo(2);
        assertThat(early.log()).contains("less than 7 days ago (PURGE_WAIT_DAYS)");
        MigrationProgram unconfirmed = ended(migration, AT_ONCE, "purge-source", "--delete");
        assertThat(unconfirmed.exitCode(Await.STEP)).as(unconfirmed.tail()).isEqualTo(2);
        assertThat(unconfirmed.log()).contains("This deletes " + (legacy - 3) + " objects with ", migration.source());
        assertThat(keys(migration, migration.source())).hasSize(legacy + 1);

        MigrationProgram purge = ended(migration, AT_ONCE, "purge-source", "--delete", "--yes");

        assertThat(purge.exitCode(Await.STEP)).as(purge.tail()).isZero();
        assertThat(purge.log()).containsPattern("deleted +" + (legacy - 3) + "\\b");
        assertThat(keys(migration, migration.source()))
                .containsExactlyInAnyOrder(named, overwritten, replaced, "user_image/orphan");
        assertThat(keys(migration, migration.target())).containsAll(targets);
        MigrationProgram again = ended(migration, AT_ONCE, "purge-source", "--delete", "--yes");
        assertThat(again.exitCode(Await.STEP)).as(again.tail()).isZero();
        assertThat(again.log()).containsPattern("to delete +0 ");
    }

    @Test
    void purgeWithinOneBucketThatIsKilledIsRepeatedAndLeavesTheTargets(EmulatedMigration migration) throws Exception {
        migration.seed(60).with("TARGET_S3_BUCKET", migration.source());
        MigrationProgram producer = migration.producer();
        migration.consumer();
        assertThat(producer.exitCode(Await.RUN)).as(producer.tail()).isZero();
        int objects = keys(migration, migration.source()).size();

        MigrationProcess killed = migration.producerProcess(AT_ONCE, "purge-source", "--delete", "--yes");
        Await.until(
                "an object is deleted",
                Await.RUN,
                () -> keys(migration, migration.source()).size() < objects);
        killed.kill();
        MigrationProgram purge = ended(migration, AT_ONCE, "purge-source", "--delete", "--yes");

        assertThat(purge.exitCode(Await.STEP)).as(purge.tail()).isZero();
        assertThat(keys(migration, migration.source())).hasSize(objects / 2).allMatch(key -> key.startsWith("avatar/"));
        assertThat(migration.execute("SELECT avatar_key FROM `user profile` WHERE avatar_key LIKE 'avatar/%'"
                        + " AND avatar_key NOT LIKE 'avatar/earlier/%'"))
                .allMatch(keys(migration, migration.source())::contains);
        assertThat(ended(migration, Map.of(), "changes").log()).contains("  purge-source: '' -> 'This deletes ");
    }

    @Test
    void purgeThatIsStoppedKeepsToItsRateAndPrintsWhatItHasDeleted(EmulatedMigration migration) throws Exception {
        migration.seed(60);
        MigrationProgram producer = migration.producer();
        migration.consumer();
        assertThat(producer.exitCode(Await.RUN)).as(producer.tail()).isZero();
        int objects = keys(migration, migration.source()).size();
        MigrationProgram purge = migration.producer(
                Map.of("PURGE_WAIT_DAYS", "0", "MAX_DELETIONS_PER_SECOND", "1"), "purge-source", "--delete", "--yes");
        Await.until(
                "two objects are deleted",
                () -> keys(migration, migration.source()).size() <= objects - 2);

        purge.terminate();
        purge.exitCode(Await.STEP);

        int deleted = objects - keys(migration, migration.source()).size();
        assertThat(deleted).as("one a second").isLessThan(objects / 2);
        assertThat(purge.log())
                .contains("Stopped by a signal; repeat the command to delete the others.")
                .containsPattern("deleted +" + deleted + "\\b");
    }

    @Test
    void nothingIsDeletedAfterARollbackOrWhileCopiesAreMissing(EmulatedMigration migration) throws Exception {
        migration.seed(60);
        MigrationProgram producer = migration.producer();
        migration.consumer();
        assertThat(producer.exitCode(Await.RUN)).as(producer.tail()).isZero();
        Set<String> sources = keys(migration, migration.source());
        String lost = SampleRow.of(6).expectedLocation();
        migration
                .s3()
                .deleteObject(delete -> delete.bucket(migration.target()).key(lost))
                .join();
        MigrationProgram missing = ended(migration, AT_ONCE, "purge-source", "--delete", "--yes");
        assertThat(missing.exitCode(Await.STEP)).as(missing.tail()).isEqualTo(2);
        assertThat(missing.log()).contains("Nothing is deleted while copies are missing: 1 objects");

        assertThat(ended(migration, Map.of(), "rollback").exitCode(Await.STEP)).isZero();
        MigrationProgram purge = ended(migration, AT_ONCE, "purge-source", "--delete", "--yes");
        assertThat(purge.exitCode(Await.STEP)).as(purge.tail()).isEqualTo(2);
        assertThat(purge.log()).contains("Batches were rolled back at ");
        assertThat(keys(migration, migration.source())).isEqualTo(sources);
    }

    private static Set<String> keys(EmulatedMigration migration, String bucket) {
        Set<String> keys = new TreeSet<>();
        migration
                .s3()
                .listObjectsV2Paginator(list -> list.bucket(bucket))
                .contents()
                .map(S3Object::key)
                .subscribe(keys::add)
                .join();
        return keys;
    }

    private static void put(EmulatedMigration migration, String bucket, String key, String content) {
        migration
                .s3()
                .putObject(put -> put.bucket(bucket).key(key), AsyncRequestBody.fromString(content))
                .join();
    }

    private static MigrationProgram ended(
            EmulatedMigration migration, Map<String, String> settings, String... arguments) throws Exception {
        MigrationProgram process = migration.producer(settings, arguments);
        process.exitCode(Await.RUN);
        return process;
    }
}
