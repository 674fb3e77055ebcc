package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** The audit finds each kind of difference between rows, mapping table and buckets. */
@ExtendWith(EmulatedMigrationExtension.class)
final class AuditIT {
    @TempDir
    private Path directory;

    @Test
    void everyPlantedDifferenceIsFound(EmulatedMigration migration) throws Exception {
        migration.seed(160);
        for (int id : new int[] {37, 87, 137}) {
            put(migration, migration.target(), SampleRow.of(id).location(), "earlier");
        }
        MigrationProgram producer = migration.producer();
        migration.consumer();
        assertThat(producer.exitCode(Await.RUN)).as(producer.tail()).isZero();
        MigrationProgram clean = ended(migration, "audit");
        assertThat(clean.exitCode(Await.STEP)).as(clean.tail()).isZero();
        assertThat(clean.log())
                .contains("147 migrated records, 147 legacy objects and 150 new objects")
                .contains("Everything agrees.");

        delete(migration, migration.target(), SampleRow.of(5).expectedLocation());
        put(migration, migration.target(), SampleRow.of(6).expectedLocation(), "x".repeat(64));
        put(migration, migration.target(), SampleRow.of(8).expectedLocation(), "short");
        migration.execute(
                "UPDATE `user profile` SET avatar_key = '" + SampleRow.of(9).location() + "' WHERE id = 9");
        migration.execute("UPDATE `user profile` SET avatar_key = 'user_image/none' WHERE id = 10");
        migration.execute("UPDATE `user profile` SET avatar_key = 'avatar/none' WHERE id = 11");
        put(migration, migration.source(), "user_image/orphan", "orphan");
        put(migration, migration.target(), "avatar/orphan", "orphan");

        Path findings = directory.resolve("findings.csv");
        MigrationProgram audit = ended(migration, "audit", "--output", findings.toString());
        assertThat(audit.exitCode(Await.STEP)).as(audit.tail()).isEqualTo(3);
        assertThat(Files.readString(findings).lines())
                .containsExactlyInAnyOrder(
                        "kind,problem,bucket,object_key,detail",
                        line("APPLIED_BUT_MISSING,true", migration.target(), 5, "row 5"),
                        Files.readString(findings)
                                .lines()
                                .filter(each -> each.startsWith("ETAG_DIFFERS,true," + migration.target() + ","
                                        + SampleRow.of(6).expectedLocation()))
                                .findFirst()
                                .orElse("no ETAG_DIFFERS"),
                        line("SIZE_DIFFERS,true", migration.target(), 8, "\"5 bytes, its source has 64\""),
                        line(
                                "COPIED_NOT_APPLIED,true",
                                migration.target(),
                                9,
                                "a row holds " + SampleRow.of(9).location()),
                        "ROW_WITHOUT_OBJECT,true," + migration.source() + ",user_image/none,1 row",
                        "ROW_WITHOUT_OBJECT,true," + migration.target() + ",avatar/none,1 row",
                        line("TARGET_WITHOUT_ROW,false", migration.target(), 10, ""),
                        line("TARGET_WITHOUT_ROW,false", migration.target(), 11, ""),
                        "TARGET_WITHOUT_ROW,false," + migration.target() + ",avatar/orphan,",
                        "SOURCE_WITHOUT_ROW,false," + migration.source() + ",user_image/orphan,");
        MigrationProgram json = ended(migration, "audit", "--json");
        assertThat(json.exitCode(Await.STEP)).isEqualTo(3);
        assertThat(json.log()).contains("\"SIZE_DIFFERS\":{\"count\":1,\"problem\":true}");
    }

    private static String line(String kind, String bucket, int id, String detail) {
        return kind + "," + bucket + "," + SampleRow.of(id).expectedLocation() + "," + detail;
    }

    private static void put(EmulatedMigration migration, String bucket, String key, String content) {
        migration
                .s3()
                .putObject(put -> put.bucket(bucket).key(key), AsyncRequestBody.fromString(content))
                .join();
    }

    private static void delete(EmulatedMigration migration, String bucket, String key) {
        migration.s3().deleteObject(delete -> delete.bucket(bucket).key(key)).join();
    }

    private static MigrationProgram ended(EmulatedMigration migration, String... arguments) throws Exception {
        MigrationProgram process = migration.producer(Map.of(), arguments);
        process.exitCode(Await.RUN);
        return process;
    }
}
