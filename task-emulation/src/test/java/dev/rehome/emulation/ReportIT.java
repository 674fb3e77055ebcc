package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static dev.rehome.emulation.Endings.assertMigrates;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The report of a run, read back and compared with the database; failures and their requeue. */
@ExtendWith(EmulatedMigrationExtension.class)
final class ReportIT {
    private static final String OUTCOMES = "rehome-run-1-outcomes-00001.csv";
    private static final String MANIFEST = "rehome-run-1-manifest.json";
    private static final Pattern CELL = Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))(,|$)");

    @TempDir
    private Path directory;

    @Test
    void reportAtTheEndHoldsWhatTheDatabaseHolds(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(520).with("REPORT_LOCATION", directory);
        MigrationProgram producer = assertMigrates(3, migration);
        assertThat(producer.log()).contains("Report of run 1 in " + directory).contains(OUTCOMES);

        List<Map<String, String>> lines = csv(Files.readString(directory.resolve(OUTCOMES)));
        Map<String, String> reported = new TreeMap<>();
        lines.forEach(line -> reported.put(
                line.get("k1"),
                line.get("old_location") + " " + line.get("new_location") + " " + line.get("status") + " "
                        + line.get("code") + " " + line.get("etag") + " " + line.get("attempts")));
        assertThat(reported).isEqualTo(ledger(migration)).hasSize(lines.size());
        assertThat(reported.get("499")).contains(" FAILED NOT_FOUND ");

        String manifest = Files.readString(directory.resolve(MANIFEST));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(directory.resolve(OUTCOMES)));
        assertThat(manifest)
                .contains(HexFormat.of().formatHex(digest))
                .contains("\"migrated\" : " + (lines.size() - 1))
                .contains("\"DB_PASSWORD\" : \"******\"")
                .doesNotContain(EmulatedMigration.PASSWORD)
                .doesNotContain("AWS_ACCESS_KEY_ID");

        assertThat(operator.command("failures"))
                .contains("Run 1: 1 failed record\n")
                .contains("NOT_FOUND")
                .contains("row 499: ");
        assertThat(operator.command("failures", "--csv")).contains("499,,,,user_image/99/499.jpg,,,FAILED,NOT_FOUND,");
        assertThat(operator.expect(2, "requeue", "--all")).contains("it retries every failed record");

        operator.expect(0, "report", "--failed-only", "--output", "s3://" + migration.target() + "/reports/");
        assertThat(migration
                        .s3()
                        .listObjectsV2(list -> list.bucket(migration.target()).prefix("reports/"))
                        .join()
                        .contents())
                .extracting(S3Object::key)
                .containsExactlyInAnyOrder("reports/rehome-run-1-failed-00001.csv", "reports/" + MANIFEST);
    }

    private static Map<String, String> ledger(EmulatedMigration migration) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        for (String row : migration.execute("""
                SELECT CONCAT(k1, ' ', old_location, ' ', COALESCE(new_location, ''), ' ', outcome, ' ', COALESCE(code, ''), ' ',
                              COALESCE(etag, ''), ' 1') FROM rehome_mapping""")) {
            String[] parts = row.split(" ", 2);
            rows.put(parts[0], parts[1]);
        }
        return rows;
    }

    @Test
    void requeuedRecordsAreMigratedInTheSameRun(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        SampleRow lost = SampleRow.of(11);
        Bucket source = Bucket.legacy(migration.seed(60));
        byte[] object = source.bytes(lost.location());
        source.delete(lost.location());
        try (StoreGate store = new StoreGate(migration, 30)) {
            MigrationProgram producer = migration.producer();
            migration.consumer();
            Await.until(
                    "the record has failed",
                    Await.RUN,
                    () -> migration.runState().equals("RUNNING")
                            && migration.number("SELECT SUM(failed) FROM rehome_mapping_batch") == 1);
            source.put(lost.location(), object);
            assertThat(operator.expect(0, "requeue", "--code", "NOT_FOUND", "--author", "ann"))
                    .contains("Requeued 1 failed record of run 1");
            store.open();
            assertEnds(0, producer);
        }
        assertThat(migration.execute("SELECT avatar_key FROM `user profile` WHERE id = " + lost.id()))
                .containsExactly(lost.expectedLocation());
        assertThat(migration.number("SELECT SUM(failed) FROM rehome_mapping_batch"))
                .isZero();
        assertThat(operator.command("failures")).contains("by ann: 1 record (NOT_FOUND)");
        assertThat(operator.command("changes"))
                .contains("ann  requeue: '' -> 'failed records with NOT_FOUND of run 1'");
    }

    private static List<Map<String, String>> csv(String text) {
        List<String> lines = text.lines().toList();
        List<String> names = cells(lines.get(0));
        List<Map<String, String>> records = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> cells = cells(lines.get(i));
            Map<String, String> record = new TreeMap<>();
            for (int column = 0; column < names.size(); column++) {
                record.put(names.get(column), cells.get(column));
            }
            records.add(record);
        }
        return records;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        Matcher cell = CELL.matcher(line);
        boolean more = true;
        while (more && cell.find()) {
            cells.add(cell.group(1) == null ? cell.group(2) : cell.group(1).replace("\"\"", "\""));
            more = !cell.group(3).isEmpty();
        }
        return cells;
    }
}
