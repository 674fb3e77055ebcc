package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.catalog.WorkSource;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of its tables the scan of one window reads, by the server's own counters. */
@ExtendWith(MariaDbSchemas.class)
class ScanReadsIT {
    @Test
    void windowIsReadByARangeOfTheKey(AppSchema schema) {
        schema.execute("CREATE TABLE t (a INT, b INT, image VARCHAR(50), PRIMARY KEY (a, b), KEY (image))");
        schema.execute("INSERT INTO t SELECT seq DIV 100, seq MOD 100, 'legacy/x' FROM seq_1_to_5000");
        try (PreparedCatalog catalog = schema.migration().inWindowsOf(20).prepared()) {
            assertThat(reads(schema, catalog.table().work(), RowKey.of("40", "50"), 20))
                    .isLessThan(250);
        }
    }

    /** The statistics of the mapping table's index are often those of the empty table; then MariaDB 11.4 avoids the index. */
    @ParameterizedTest
    @ValueSource(strings = {"id INT PRIMARY KEY", "id INT"})
    void earlierFailuresAreLookedUpByTheIndexWhateverTheStatisticsSay(String id, AppSchema schema) {
        schema.execute("CREATE TABLE t (" + id + ", image VARCHAR(50))");
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/', LPAD(seq, 6, 0)) FROM seq_1_to_2000");
        try (PreparedCatalog catalog = schema.migration().inWindowsOf(500).prepared()) {
            schema.execute("ALTER TABLE rehome_map STATS_AUTO_RECALC=0, STATS_PERSISTENT=1");
            String key = id.contains("PRIMARY") ? "id" : "image";
            schema.execute("INSERT INTO rehome_map (batch_id, record_no, run_no, k1, old_location, outcome, code,"
                    + " recorded_at) SELECT 'b', id, 1, " + key + ", image, 'FAILED', 'NOT_FOUND', NOW() FROM t");
            schema.execute(
                    "INSERT INTO rehome_map_batch SELECT DISTINCT batch_id, 1, 0, 0, 0, 2000, NOW() FROM rehome_map");
            staleStatistics(schema);

            WorkSource work = catalog.table().work();
            assertThat(work.page(Optional.empty(), 1).records())
                    .hasSize(500)
                    .allSatisfy(record -> assertThat(record.failure()).contains("NOT_FOUND"));
            assertThat(schema.reads(() -> work.page(Optional.empty(), 1))).isLessThan(14_000);
        }
    }

    /** As in a first pass: outcomes are recorded, and none of them is a failure. */
    @Test
    void recordsAreNotLookedUpWhileTheRunHasNoFailures(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/', LPAD(seq, 6, 0)) FROM seq_1_to_2000");
        try (PreparedCatalog catalog = schema.migration().inWindowsOf(500).prepared()) {
            schema.execute(
                    "INSERT INTO rehome_map (batch_id, record_no, run_no, k1, old_location, outcome, recorded_at)"
                            + " SELECT 'b', id, 1, id, image, 'CHANGED', NOW() FROM t");
            schema.execute(
                    "INSERT INTO rehome_map_batch SELECT DISTINCT batch_id, 1, 0, 2000, 0, 0, NOW() FROM rehome_map");
            WorkSource work = catalog.table().work();
            assertThat(work.page(Optional.empty(), 1).records())
                    .hasSize(500)
                    .allSatisfy(record -> assertThat(record.failure()).isEmpty());
            // Each row once for the end of the window, once for its record, and once for the order.
            assertThat(schema.reads(() -> work.page(Optional.empty(), 1))).isLessThan(1_600);
        }
    }

    /** As in a first pass whose first batches had failures. */
    @Test
    void recordsAreNotLookedUpInAWindowWithoutOutcomes(AppSchema schema) {
        schema.execute("CREATE TABLE t (a INT, b INT, image VARCHAR(50), PRIMARY KEY (a, b))");
        schema.execute("INSERT INTO t SELECT seq DIV 70, seq MOD 70, CONCAT('legacy/', seq) FROM seq_1_to_2000");
        try (PreparedCatalog catalog = schema.migration().inWindowsOf(500).prepared()) {
            schema.execute("INSERT INTO rehome_map (batch_id, record_no, run_no, k1, k2, old_location, outcome, code,"
                    + " recorded_at) SELECT 'b', a * 70 + b, 1, a, b, image, 'FAILED', 'NOT_FOUND', NOW() FROM t"
                    + " WHERE a * 70 + b <= 1000");
            schema.execute(
                    "INSERT INTO rehome_map_batch SELECT DISTINCT batch_id, 1, 0, 0, 0, 1000, NOW() FROM rehome_map");
            WorkSource work = catalog.table().work();
            assertThat(work.page(Optional.of(RowKey.of("7", "10")), 1).records())
                    .hasSize(500)
                    .allSatisfy(record -> assertThat(record.failure()).contains("NOT_FOUND"));

            Optional<RowKey> last = Optional.of(RowKey.of("14", "20"));
            assertThat(work.page(last, 1).records())
                    .hasSize(500)
                    .allSatisfy(record -> assertThat(record.failure()).isEmpty());
            assertThat(schema.reads(() -> work.page(last, 1))).isLessThan(1_600);
        }
    }

    private static void staleStatistics(AppSchema schema) {
        schema.column("ANALYZE TABLE rehome_map");
        // The server keeps the number of rows up to date, but not how many different keys they have.
        schema.execute(
                "UPDATE mysql.innodb_index_stats SET stat_value = 1"
                        + " WHERE database_name = ? AND table_name = 'rehome_map' AND stat_name LIKE 'n_diff%'",
                schema.name());
        schema.execute("FLUSH TABLES rehome_map");
    }

    @ParameterizedTest
    @ValueSource(strings = {"VARCHAR(100)", "VARCHAR(100) CHARACTER SET latin1", "TEXT", "BLOB"})
    void eachRowIsLookedUpInTheManifestsPrimaryKey(String column, AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image " + column + ")");
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/', seq) FROM seq_1_to_2000");
        TestMigration migration = schema.migration().inWindowsOf(500);
        try (MariaDbCatalog catalog = migration.catalog(Selection.MANIFEST)) {
            WorkSource work = catalog.inspect()
                    .table()
                    .map(table -> {
                        table.prepare();
                        return table.work();
                    })
                    .orElseThrow();
            catalog.lock().acquire(Duration.ofSeconds(1));
            catalog.manifest()
                    .load(
                            "m",
                            IntStream.range(0, 3_000)
                                    .mapToObj(i -> new ManifestEntry("legacy/" + 2 * i, Optional.empty()))
                                    .iterator(),
                            any -> {});
            assertThat(reads(schema, work, RowKey.of("100"), 250)).isLessThan(4_000);
        }
    }

    private static long reads(AppSchema schema, WorkSource work, RowKey after, int records) {
        return schema.reads(
                () -> assertThat(work.page(Optional.of(after), 1).records()).hasSize(records));
    }
}
