package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertMigrates;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.seeding.SampleRow;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The audit finds each kind of difference between rows, mapping table and buckets. */
@ExtendWith(EmulatedMigrationExtension.class)
final class AuditIT {
    @TempDir
    private Path directory;

    @Test
    void everyPlantedDifferenceIsFound(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(160);
        Bucket source = Bucket.legacy(migration);
        Bucket target = Bucket.target(migration);
        for (int id : new int[] {37, 87, 137}) {
            target.put(SampleRow.of(id).location(), "earlier");
        }
        assertMigrates(0, migration);
        assertThat(operator.expect(0, "audit"))
                .contains("147 migrated records, 147 legacy objects and 150 new objects")
                .contains("Everything agrees.");

        target.delete(SampleRow.of(5).expectedLocation());
        target.put(SampleRow.of(6).expectedLocation(), "x".repeat(64));
        target.put(SampleRow.of(8).expectedLocation(), "short");
        migration.execute(
                "UPDATE `user profile` SET avatar_key = '" + SampleRow.of(9).location() + "' WHERE id = 9");
        migration.execute("UPDATE `user profile` SET avatar_key = 'user_image/none' WHERE id = 10");
        migration.execute("UPDATE `user profile` SET avatar_key = 'avatar/none' WHERE id = 11");
        source.put("user_image/orphan", "orphan");
        target.put("avatar/orphan", "orphan");

        Path findings = directory.resolve("findings.csv");
        operator.expect(3, "audit", "--output", findings.toString());
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
        assertThat(operator.expect(3, "audit", "--json")).contains("\"SIZE_DIFFERS\":{\"count\":1,\"problem\":true}");
    }

    private static String line(String kind, String bucket, int id, String detail) {
        return kind + "," + bucket + "," + SampleRow.of(id).expectedLocation() + "," + detail;
    }
}
