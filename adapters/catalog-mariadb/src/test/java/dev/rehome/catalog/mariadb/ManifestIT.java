package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.CatalogWalk;
import dev.rehome.common.catalog.ColumnCapacity;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest on columns and keys of every kind: compared by bytes, looked up by its key and never read through. */
@ExtendWith(MariaDbSchemas.class)
class ManifestIT {
    private static final String LONG = "x".repeat(900);
    private static final List<String> LISTED = List.of("a", "b ", "c/" + LONG, "d\u00e9", "e%_|");
    private static final List<String> NEIGHBOURS = List.of("A", "b", "c/" + LONG + "x", "d\u00c9", "e%%|", "");

    static Stream<String> columns() {
        return Stream.of(
                "VARCHAR(1500) COLLATE utf8mb4_general_ci",
                "VARCHAR(1024) COLLATE utf8mb4_bin",
                "VARCHAR(1024) CHARACTER SET latin1",
                "VARCHAR(1024) CHARACTER SET utf8mb3",
                "VARCHAR(1024) CHARACTER SET utf16",
                "TEXT CHARACTER SET utf8mb4",
                "MEDIUMTEXT CHARACTER SET latin1",
                "VARBINARY(2000)",
                "BLOB");
    }

    @ParameterizedTest
    @MethodSource("columns")
    void rowsAreSelectedByTheBytesOfTheirValue(String column, AppSchema schema) {
        schema.execute("CREATE TABLE t (a VARCHAR(9), b BIGINT UNSIGNED, image " + column + ", PRIMARY KEY (a, b))");
        everyListedValueIsMoved(schema, "INSERT INTO t SELECT 'k', COUNT(*), ? FROM t");
    }

    @ParameterizedTest
    @MethodSource("columns")
    void distinctValuesAreSelectedByTheirBytes(String column, AppSchema schema) {
        schema.execute("CREATE TABLE t (image " + column + ")");
        everyListedValueIsMoved(schema, "INSERT INTO t VALUES (?)");
    }

    private static void everyListedValueIsMoved(AppSchema schema, String insert) {
        List<String> all = Stream.concat(LISTED.stream(), NEIGHBOURS.stream()).toList();
        all.forEach(value -> schema.execute(insert, value));
        schema.execute(insert, (Object) null);
        try (MariaDbCatalog catalog = schema.migration().inWindowsOf(3).catalog(Selection.MANIFEST)) {
            CatalogTable table = prepared(catalog);
            load(catalog, LISTED, "own/\u00e9");
            CatalogWalk walk = new CatalogWalk(table.work());
            List<SourceRecord> records = walk.records(1);
            assertThat(records).extracting(SourceRecord::location).containsExactlyInAnyOrderElementsOf(LISTED);
            assertThat(walk.count()).containsExactly(LISTED.size(), 0);
            assertThat(everything(table.locations())).containsExactlyInAnyOrderElementsOf(all);

            assertThat(migrate(catalog, table, records)).isEqualTo(RecordTotals.NONE.withMigrated(LISTED.size()));
            assertThat(walk.records(1)).isEmpty();
        }
        List<String> expected = new ArrayList<>(NEIGHBOURS);
        LISTED.forEach(value -> expected.add("own/\u00e9" + value));
        assertThat(schema.column("SELECT CONVERT(image USING utf8mb4) FROM t WHERE image IS NOT NULL"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static CatalogTable prepared(MariaDbCatalog catalog) {
        CatalogTable table = catalog.inspect().table().orElseThrow();
        table.prepare();
        return table;
    }

    private static void load(MariaDbCatalog catalog, List<String> keys, String newPrefix) {
        catalog.lock().acquire(Duration.ofSeconds(1));
        catalog.manifest()
                .load(
                        "A",
                        keys.stream()
                                .map(key -> new ManifestEntry(key, Optional.of(newPrefix + key)))
                                .iterator(),
                        soFar -> {});
    }

    private static RecordTotals migrate(MariaDbCatalog catalog, CatalogTable table, List<SourceRecord> records) {
        Batch batch = new Batch(TestBatches.id(1), TestBatches.RUN, records);
        catalog.outcomes()
                .record(
                        batch,
                        IntStream.range(0, batch.size())
                                .<RecordOutcome>mapToObj(i -> new CopiedRecord(
                                        i, records.get(i).targetKey().orElseThrow(), "etag", OptionalLong.empty()))
                                .toList());
        return table.update().apply(batch.id(), batch.size()).totals();
    }

    private static List<String> everything(LocationScanner reader) {
        List<String> found = new ArrayList<>();
        Optional<RowKey> after = Optional.empty();
        do {
            LocationScanner.Page page = reader.page(after);
            found.addAll(page.locations());
            after = page.end();
        } while (after.isPresent());
        return found;
    }

    @Test
    void capacityFindsTargetKeysThatTheColumnCannotHold(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(6) CHARACTER SET latin1)");
        try (MariaDbCatalog catalog = schema.migration().catalog(Selection.MANIFEST)) {
            ColumnCapacity fit = catalog.inspect().table().orElseThrow().capacity();
            List<String> texts = new ArrayList<>(List.of("a b", "\u00e9", "\uD83D\uDE80", "\u20ac~", "e\u0301"));
            assertThat(fit.unwritable(texts)).containsExactly(2, 4);
            texts.addAll(Collections.nCopies(1_500, "\u0431"));
            assertThat(fit.unwritable(texts)).hasSize(1_502).startsWith(2, 4, 5).endsWith(1_504);
            assertThat(fit.isTooLong("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9")).isFalse();
            assertThat(fit.isTooLong("1234567")).isTrue();
            assertThat(fit.isTooLong("\uD83D\uDE80".repeat(6))).isFalse();
        }
    }

    @Test
    void targetKeysThatAreTooLongAreCounted(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(10))");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/1'), (2, 'legacy/2')");
        try (MariaDbCatalog catalog = schema.migration().catalog(Selection.MANIFEST)) {
            CatalogTable table = prepared(catalog);
            load(catalog, List.of("legacy/1"), "own/");
            assertThat(new CatalogWalk(table.work()).count()).containsExactly(1, 1);
            load(catalog, List.of("legacy/1"), "o/");
            assertThat(new CatalogWalk(table.work()).count()).containsExactly(1, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"old_key INT", "old_key INT, new_key INT, more INT", "k INT"})
    void aForeignTableIsNeverDropped(String columns, AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("CREATE TABLE rehome_map_manifest (" + columns + ")");
        try (MariaDbCatalog catalog = schema.migration().catalog(Selection.MANIFEST)) {
            assertThatThrownBy(() -> prepared(catalog))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("rehome_map_manifest exists and is not a mapping table");
        }
    }

    @Test
    void aMappingTableOfAnEarlierReleaseIsRefused(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("CREATE TABLE rehome_map_run (run_no INT, fingerprint CHAR(64), settings TEXT)");
        try (MariaDbCatalog catalog = schema.migration().catalog(Selection.PREFIX)) {
            assertThatThrownBy(() -> prepared(catalog)).hasMessageContaining("created by an earlier release");
        }
    }
}
