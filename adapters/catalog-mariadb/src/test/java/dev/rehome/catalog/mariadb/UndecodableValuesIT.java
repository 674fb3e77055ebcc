package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ScannedRecord;
import dev.rehome.common.catalog.WorkSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that no consumer ever works on are found in the mapping table and in the totals like all others. */
@ExtendWith(MariaDbSchemas.class)
class UndecodableValuesIT {
    private static final String MAP = "SELECT CONCAT(run_no, ' ', HEX(old_location), ' ', code) FROM rehome_map"
            + " WHERE outcome = 'FAILED' ORDER BY run_no, old_location";

    @ParameterizedTest
    @ValueSource(
            strings = {"id INT PRIMARY KEY, image VARBINARY(50)", "id INT, image VARBINARY(50)", "id INT, image BLOB"})
    void undecodableValueIsRecordedOncePerRun(String columns, AppSchema schema) {
        schema.execute("CREATE TABLE t (" + columns + ")");
        schema.execute(
                "INSERT INTO t VALUES (1, 'legacy/a'), (2, CONCAT('legacy/', x'ff')), (3, CONCAT('legacy/', x'fe')),"
                        + " (4, CONCAT('else/', x'ff')), (5, NULL)");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            WorkSource work = catalog.table().work();
            WorkSource.Page page = work.page(Optional.empty(), 1);
            assertThat(page.records().stream().flatMap(record -> record.failure().stream()))
                    .containsExactly("KEY_REFUSED", "KEY_REFUSED");
            RowKey end = page.end().orElseThrow();

            assertThat(work.recordUnpublishable(Optional.empty(), end, 1, TestBatches.id(8)))
                    .isEqualTo(2);
            assertThat(work.recordUnpublishable(Optional.empty(), end, 1, TestBatches.id(9)))
                    .isZero();
            assertThat(schema.column(MAP))
                    .containsExactly("1 6C65676163792FFE KEY_REFUSED", "1 6C65676163792FFF KEY_REFUSED");
            assertThat(catalog.catalog().batches().totals(1)).isEqualTo(RecordTotals.NONE.withFailed(2));
            assertThat(work.page(Optional.empty(), 1)).as("unchanged").isEqualTo(page);

            assertThat(work.recordUnpublishable(Optional.empty(), end, 2, TestBatches.id(9)))
                    .as("the next run")
                    .isEqualTo(2);
        }
    }

    /** MariaDB takes halves of a character for UTF-8, each written as if it were one; Java can't carry them. */
    @ParameterizedTest
    @ValueSource(strings = {"VARBINARY(50)", "VARCHAR(50) CHARACTER SET utf8mb3", "VARCHAR(50) CHARACTER SET utf8mb4"})
    void surrogatesAreUndecodable(String type, AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image " + type + ")");
        String charset = type.contains("utf8mb3") ? "_utf8mb3" : "_utf8mb4";
        schema.execute("INSERT INTO t VALUES (1, 'legacy/a'), (2, " + charset
                + " x'6C65676163792FEDA0BDEDB880'), (3, 'legacy/\uD7FF\uE000')");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            WorkSource work = catalog.table().work();
            assertThat(work.page(Optional.empty(), 1).records())
                    .extracting(record ->
                            record.record().rowKey() + " " + record.failure().orElse(""))
                    .containsExactly(RowKey.of("1") + " ", RowKey.of("2") + " KEY_REFUSED", RowKey.of("3") + " ");
            assertThat(work.recordUnpublishable(Optional.empty(), RowKey.of("3"), 1, TestBatches.id(8)))
                    .isOne();
        }
    }

    @Test
    void failureOfAConsumerIsNotRecordedAgain(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/../a')");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            Batch batch = catalog.batch();
            catalog.outcomes().record(batch, List.of(new FailedRecord(0, FailureCode.KEY_REFUSED, "dots")));
            WorkSource work = catalog.table().work();
            assertThat(work.recordUnpublishable(Optional.empty(), RowKey.of("1"), 1, TestBatches.id(9)))
                    .isZero();
        }
    }

    @Test
    void onlyTheWindowIsRecorded(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARBINARY(50))");
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/', x'ff', seq) FROM seq_1_to_30");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            WorkSource work = catalog.table().work();
            assertThat(work.recordUnpublishable(Optional.of(RowKey.of("10")), RowKey.of("17"), 1, TestBatches.id(9)))
                    .isEqualTo(7);
            assertThat(schema.column("SELECT CONCAT(k1, ' ', record_no) FROM rehome_map ORDER BY k1"))
                    .startsWith("11 0", "12 1")
                    .endsWith("17 6");
        }
    }

    /** I14: the totals of a run add up to its records, each counted once, whatever came of it. */
    @Test
    void totalsCoverEveryKindOfOutcome(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARBINARY(50), UNIQUE KEY one (image))");
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/', seq) FROM seq_1_to_20");
        schema.execute("INSERT INTO t VALUES (21, CONCAT('legacy/', x'ff')), (99, 'new/5')");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            List<ScannedRecord> scanned = catalog.walk().pass(1);
            List<SourceRecord> published = scanned.stream()
                    .filter(record -> record.failure().isEmpty())
                    .map(ScannedRecord::record)
                    .toList();
            Batch batch = catalog.batch(published.subList(0, 19));
            Batch poison = new Batch(TestBatches.id(2), catalog.run(), published.subList(19, 20));
            List<RecordOutcome> outcomes = new ArrayList<>(TestBatches.copied(batch, catalog.keys()));
            outcomes.set(6, new FailedRecord(6, FailureCode.NOT_FOUND, "gone"));
            catalog.outcomes().record(batch, outcomes);
            catalog.outcomes().record(poison, List.of(new FailedRecord(0, FailureCode.ATTEMPTS_EXHAUSTED, "died")));
            catalog.catalog().batches().recordDeadLetter(poison.id());
            catalog.table().work().recordUnpublishable(Optional.empty(), RowKey.of("99"), 1, TestBatches.id(3));
            schema.execute("UPDATE t SET image = 'mine' WHERE id = 10");
            schema.execute("DELETE FROM t WHERE id = 11");

            catalog.apply(batch);

            RecordTotals totals = catalog.catalog().batches().totals(1);
            // Failed: not found, exhausted, no text, and 5, whose new value is taken.
            assertThat(totals)
                    .isEqualTo(RecordTotals.NONE
                            .withMigrated(15)
                            .withChanged(1)
                            .withDeleted(1)
                            .withFailed(4));
            assertThat(totals.migrated() + totals.changed() + totals.deleted() + totals.failed())
                    .isEqualTo(scanned.size())
                    .isEqualTo(Integer.parseInt(schema.value("SELECT COUNT(DISTINCT k1) FROM rehome_map")));
            assertThat(catalog.walk().pass(1))
                    .as("legacy rows that are left are those of the failures")
                    .hasSize(Math.toIntExact(totals.failed()))
                    .allSatisfy(left -> assertThat(left.failure()).isPresent());
        }
    }
}
