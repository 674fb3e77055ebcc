package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.CatalogWalk;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ScannedRecord;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.catalog.WorkSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record whose new key holds the object of another one since an earlier run is never published. */
@ExtendWith(MariaDbSchemas.class)
class KeysInUseIT {
    private static final TargetKeyRule FLATTEN = new TargetKeyRule("legacy", "new", KeyLayout.FLATTEN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id INT PRIMARY KEY, image VARCHAR(100)",
                "id INT PRIMARY KEY, image VARCHAR(100) CHARACTER SET latin1",
                "id INT PRIMARY KEY, image TEXT CHARACTER SET utf16",
                "id INT PRIMARY KEY, image VARBINARY(100)",
                "id INT, image VARCHAR(100)"
            })
    void flattenedKeyInUseIsAConflict(String columns, AppSchema schema) {
        schema.execute("CREATE TABLE t (" + columns + ")");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/x/ä.png'), (2, 'legacy/x/2.png')");
        TestMigration migration = schema.migration().inWindowsOf(10).laidOut(FLATTEN);
        migrate(migration, Selection.PREFIX, 1);
        schema.execute("INSERT INTO t VALUES (3, 'legacy/y/ä.png'), (4, 'legacy/x/ä.png'), (5, 'legacy/y/Ä.png'),"
                + " (6, 'legacy/3.png')");

        try (MariaDbCatalog catalog = migration.catalog()) {
            CatalogTable table = started(catalog, 2);
            List<ScannedRecord> found = new CatalogWalk(table.work()).pass(2);
            assertThat(found)
                    .extracting(each ->
                            each.record().location() + " " + each.failure().orElse("-"))
                    .containsExactlyInAnyOrder(
                            "legacy/y/ä.png TARGET_CONFLICT", "legacy/x/ä.png -", "legacy/y/Ä.png -", "legacy/3.png -");
            WorkSource work = table.work();
            RowKey end = work.page(Optional.empty(), 2).end().orElseThrow();
            assertThat(work.recordUnpublishable(Optional.empty(), end, 2, TestBatches.id(8)))
                    .isOne();
            assertThat(work.recordUnpublishable(Optional.empty(), end, 2, TestBatches.id(9)))
                    .isZero();
            assertThat(catalog.batches().totals(2)).isEqualTo(RecordTotals.NONE.withFailed(1));
            assertThat(new CatalogWalk(table.work()).pass(2)).isEqualTo(found);
            assertThat(schema.value("SELECT message FROM rehome_map WHERE outcome = 'FAILED'"))
                    .startsWith("The new key new/ä.png is in use for an object that was copied from another key");
        }
    }

    @Test
    void keyThatThisRunHasPutToUseIsAConflictForRowsThatAppearLater(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(100))");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/x/1.png')");
        try (PreparedCatalog catalog = schema.migration().laidOut(FLATTEN).prepared()) {
            WorkSource work = catalog.table().work();
            assertThat(new CatalogWalk(work).records(1)).hasSize(1);
            catalog.migrate();
            schema.execute("INSERT INTO t VALUES (2, 'legacy/y/1.png')");
            assertThat(new CatalogWalk(work).pass(1))
                    .extracting(ScannedRecord::failure)
                    .containsExactly(Optional.of("TARGET_CONFLICT"));
        }
    }

    @Test
    void keyIsFreeAgainWhenItsRowHoldsAnother(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(100))");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/x/1.png'), (2, 'legacy/x/2.png')");
        TestMigration migration = schema.migration().laidOut(FLATTEN);
        migrate(migration, Selection.PREFIX, 1);
        schema.execute("UPDATE t SET image = 'elsewhere' WHERE id = 1");
        schema.execute("DELETE FROM t WHERE id = 2");
        schema.execute("INSERT INTO t VALUES (3, 'legacy/y/1.png'), (4, 'legacy/y/2.png')");

        assertThat(failures(migration, Selection.PREFIX, 2)).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void keyOfAnEarlierManifestIsAConflictForThePrefix(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(100))");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/1'), (2, 'legacy/2'), (3, 'legacy/3')");
        try (MariaDbCatalog catalog = schema.migration().catalog(Selection.MANIFEST)) {
            catalog.lock().acquire(Duration.ZERO);
            ManifestEntry entry = new ManifestEntry("legacy/1", Optional.of("new/2"));
            catalog.manifest().load("m", List.of(entry).iterator(), any -> {});
        }
        migrate(schema.migration(), Selection.MANIFEST, 1);

        assertThat(failures(schema.migration(), Selection.PREFIX, 2))
                .containsExactly(Optional.of("TARGET_CONFLICT"), Optional.empty());
    }

    /** The statistics of tables that were empty a moment ago; then MariaDB 11.4 avoids an index unless it is named. */
    @Test
    void keysInUseAreLookedUpByTheIndexWhateverTheStatisticsSay(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(100))");
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/x/', seq) FROM seq_1_to_1000");
        TestMigration migration = schema.migration().inWindowsOf(500).laidOut(FLATTEN);
        try (MariaDbCatalog catalog = migration.catalog()) {
            started(catalog, 1);
            List.of("rehome_map", "rehome_map_in_use", "rehome_map_batch")
                    .forEach(table ->
                            schema.execute("ALTER TABLE " + table + " STATS_AUTO_RECALC=0, STATS_PERSISTENT=1"));
        }
        migrate(migration, Selection.PREFIX, 1);
        schema.execute("INSERT INTO t SELECT seq + 1000, CONCAT('legacy/y/', seq) FROM seq_1_to_1000");
        schema.execute(
                "UPDATE mysql.innodb_index_stats SET stat_value = 1 WHERE database_name = ?"
                        + " AND table_name LIKE 'rehome%'",
                schema.name());
        schema.execute("FLUSH TABLES");

        try (MariaDbCatalog catalog = migration.catalog()) {
            WorkSource work = started(catalog, 2).work();
            assertThat(work.page(Optional.of(RowKey.of("1000")), 2).records())
                    .hasSize(500)
                    .allSatisfy(record -> assertThat(record.failure()).contains("TARGET_CONFLICT"));
            assertThat(schema.reads(() -> work.page(Optional.of(RowKey.of("1000")), 2)))
                    .isLessThan(12_000);
        }
    }

    @Test
    void keysThatPrefixesYieldAreNotRemembered(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(100))");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/1')");
        migrate(schema.migration(), Selection.PREFIX, 1);
        assertThat(schema.value("SELECT COUNT(*) FROM rehome_map_in_use")).isEqualTo("0");
    }

    /** Migrates all records in one batch, and completes the run. */
    private static void migrate(TestMigration migration, Selection selection, int run) {
        try (MariaDbCatalog catalog = migration.catalog(selection)) {
            CatalogTable table = started(catalog, run);
            RunId id = catalog.runs().latest().orElseThrow().id();
            List<SourceRecord> records = new CatalogWalk(table.work()).records(run);
            Batch batch = new Batch(TestBatches.id(run), id, records);
            catalog.outcomes().record(batch, TestBatches.copied(batch, migration.keys()));
            catalog.lock().acquire(Duration.ZERO);
            assertThat(table.update().apply(batch.id(), records.size()).totals())
                    .isEqualTo(RecordTotals.NONE.withMigrated(records.size()));
            catalog.runs().complete(run, "{}");
        }
    }

    private static List<Optional<String>> failures(TestMigration migration, Selection selection, int run) {
        try (MariaDbCatalog catalog = migration.catalog(selection)) {
            CatalogTable table = started(catalog, run);
            return new CatalogWalk(table.work())
                    .pass(run).stream().map(ScannedRecord::failure).toList();
        }
    }

    private static CatalogTable started(MariaDbCatalog catalog, int run) {
        CatalogTable table = catalog.inspect().table().orElseThrow();
        table.prepare();
        assertThat(catalog.runs().startOrResume(Optional.empty()).number()).isEqualTo(run);
        return table;
    }
}
