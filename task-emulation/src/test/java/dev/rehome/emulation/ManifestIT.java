package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static dev.rehome.emulation.Endings.assertMigrates;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleObject;
import dev.rehome.emulation.seeding.SampleRow;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A manifest selects rows and may give them new keys of the user's choice. */
@ExtendWith(EmulatedMigrationExtension.class)
final class ManifestIT {
    private static final int ROWS = 200;
    private static final String LISTED = "lists/part 1+2.csv";

    @Test
    @SuppressWarnings("try")
    void manifestInS3IsResumedAndTheNextOneFollows(EmulatedMigration migration) throws SQLException {
        Operator operator = new Operator(migration);
        migration.seed(ROWS).with("MANIFEST", "s3://" + migration.source() + "/" + LISTED);
        Map<Long, String> first = targets(0);
        Map<Long, String> second = targets(1);
        put(migration, first);
        try (StoreGate store = new StoreGate(migration, 45)) {
            MigrationProcess producer = migration.producerProcess();
            MigrationProcess consumer = migration.consumerProcess();
            migration.awaitMigrated(20);
            producer.kill();
            consumer.kill();
        }
        migration.with("AWS_ENDPOINT_URL_S3", migration.servers().endpoint().uri());

        put(migration, second);
        MigrationProgram other = migration.producer();
        assertEnds(2, other);
        assertThat(other.log()).contains("Run 1 is incomplete and was started with the manifest SHA-256");

        put(migration, first);
        MigrationProgram next = migration.producer();
        MigrationProgram worker = migration.consumer();
        assertEnds(0, next);
        assertThat(next.log()).contains("The manifest is already loaded").contains("Run 1 resumed");
        assertEnds(0, worker);
        holds(migration, first);

        put(migration, second);
        assertMigrates(0, migration);
        Map<Long, String> both = new HashMap<>(first);
        both.putAll(second);
        holds(migration, both);

        long reverted =
                second.keySet().stream().filter(id -> id % 2 == 1).findFirst().orElseThrow();
        migration.execute("UPDATE `user profile` SET updated_at = updated_at, avatar_key = '"
                + SampleRow.of(reverted).location() + "' WHERE id = " + reverted);
        assertThat(operator.expect(3, "audit"))
                .contains(both.get(reverted) + ": a row holds "
                        + SampleRow.of(reverted).location())
                .containsPattern("COPIED_NOT_APPLIED +1 ")
                // Rows of earlier times, without objects here.
                .containsPattern("ROW_WITHOUT_OBJECT +4 ")
                .doesNotContain("APPLIED_BUT_MISSING", "TARGET_WITHOUT_ROW", "DIFFERS");
    }

    /** A third of the rows with an object, by the remainder; every second one with a key of the user's choice. */
    private static Map<Long, String> targets(long remainder) {
        Map<Long, String> targets = new TreeMap<>();
        LongStream.rangeClosed(1, ROWS)
                .filter(id -> id % 3 == remainder)
                .mapToObj(SampleRow::of)
                .filter(row -> row.kind() == SampleRow.Kind.LEGACY)
                .forEach(row -> targets.put(
                        row.id(), row.id() % 2 == 0 ? row.expectedLocation() : "own/\u00e9 +%2F" + row.id()));
        return targets;
    }

    /** The manifest in the format of S3; a new key that follows from the prefixes is left out. */
    private static String manifest(Map<Long, String> targets) {
        return targets.entrySet().stream()
                .map(entry -> {
                    SampleRow row = SampleRow.of(entry.getKey());
                    boolean own = !entry.getValue().equals(row.expectedLocation());
                    return encoded(row.location()) + (own ? "," + encoded(entry.getValue()) : "");
                })
                .collect(Collectors.joining("\r\n"));
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8);
    }

    private static void put(EmulatedMigration migration, Map<Long, String> targets) {
        Bucket.legacy(migration).put(LISTED, manifest(targets));
    }

    /** Only the listed rows are migrated, each to its new key, and only their objects are in the new bucket. */
    private static void holds(EmulatedMigration migration, Map<Long, String> targets) throws SQLException {
        CatalogRows.of(migration)
                .forEach((id, row) -> assertThat(row)
                        .isEqualTo(new WrittenRow(
                                "user " + id,
                                targets.getOrDefault(id, SampleRow.of(id).location()),
                                "2020-01-01 00:00:00")));
        Bucket target = Bucket.target(migration);
        assertThat(target.keys()).isEqualTo(new HashSet<>(targets.values()));
        targets.forEach((id, key) -> assertThat(target.bytes(key))
                .as(key)
                .isEqualTo(new SampleObject(id, key, EmulatedMigration.OBJECT_SIZE).bytes()));
    }

    @Test
    void planCountsAndARefusedManifestChangesNothing(EmulatedMigration migration, @TempDir Path directory)
            throws SQLException, IOException {
        Operator operator = new Operator(migration);
        migration.seed(60);
        Map<Long, WrittenRow> rows = CatalogRows.of(migration);
        Path file = directory.resolve("manifest.csv");
        migration.with("MANIFEST", file);
        Files.writeString(file, "user_image/1/1.jpg\nuser_image/2/2.jpg,own/2\nnobody/3,own/3\n");
        assertThat(operator.expect(0, "plan"))
                .contains("3 lines with 3 object keys, 2 lines with a new key")
                .contains("2 rows hold a key of the manifest, 1 batch of 20");

        Files.writeString(
                file,
                "user_image/1/1.jpg,x\nuser_image/2/2.jpg,x\nelsewhere/3\nuser_image/4/4.jpg," + "x".repeat(1_000)
                        + "\n");
        for (String command : List.of("plan", "run")) {
            assertThat(operator.expect(2, command))
                    .contains("another key has too", "line 2: 'x' of 'user_image/2/2.jpg', in line 1")
                    .contains("outside LEGACY_S3_OBJECT_PREFIX", "line 3: 'elsewhere/3'")
                    .contains("nothing was changed");
        }
        assertThat(CatalogRows.of(migration)).isEqualTo(rows);
        assertThat(migration.runState()).as("the ledger doesn't exist").isEqualTo("unknown");
    }
}
