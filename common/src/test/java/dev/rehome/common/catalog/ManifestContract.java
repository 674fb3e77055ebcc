package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.WorkSource.CountedWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of every catalog with a manifest. */
interface ManifestContract {
    CatalogUnderTest catalog();

    private ManifestLoader loader() {
        return catalog().catalog().manifest();
    }

    private WorkSource listed() {
        return CatalogUnderTest.table(catalog().byManifest()).work();
    }

    private void load(String identity, ManifestEntry... entries) {
        loader().load(identity, List.of(entries).iterator(), soFar -> {});
    }

    private static ManifestEntry entry(String key) {
        return new ManifestEntry(key, Optional.empty());
    }

    private static ManifestEntry entry(String key, String target) {
        return new ManifestEntry(key, Optional.of(target));
    }

    private List<SourceRecord> listedRecords() {
        return new CatalogWalk(listed()).records(1);
    }

    @Test
    default void keysOfTheManifestAreMatchedByteForByte() {
        List<String> keys =
                List.of("legacy/a", "A", "a b ", "%2F+#?&=\"'\\`", "\u00e9", "e\u0301", "\uD83D\uDE80", "x//");
        List<String> others =
                List.of("legacy/A", "legacy/a ", "a", "a b", "%2f+#?&=\"'\\`", "\u00c9", "e", "?", "x/", "", "legacy/");
        IntStream.range(0, keys.size()).forEach(i -> catalog().put(i, keys.get(i)));
        IntStream.range(0, others.size()).forEach(i -> catalog().put(100 + i, others.get(i)));
        catalog().put(200, null);
        load("A", keys.stream().map(ManifestContract::entry).toArray(ManifestEntry[]::new));
        assertThat(listedRecords()).extracting(SourceRecord::location).isEqualTo(keys);
        assertThat(new CatalogWalk(listed()).count()).containsExactly(keys.size(), 0);
        assertThat(new CatalogWalk(CatalogUnderTest.table(catalog().catalog()).work()).records(1))
                .as("by the prefix, beside it")
                .hasSize(4);
    }

    @Test
    default void recordHasTheTargetKeyOfItsEntry() {
        List.of(1, 2, 3).forEach(key -> catalog().put(key, "legacy/" + key + ".png"));
        catalog().put(4, "legacy/3.png");
        load("A", entry("legacy/1.png"), entry("legacy/3.png", "own/\u00e9 3"), entry("nobody's", "own/4"));
        assertThat(listedRecords())
                .extracting(SourceRecord::targetKey)
                .containsExactly(Optional.empty(), Optional.of("own/\u00e9 3"), Optional.of("own/\u00e9 3"));
    }

    @Test
    default void migratedRowIsNotFoundAgain() {
        catalog().put(1, "legacy/1.png");
        load("A", entry("legacy/1.png", "own/1.png"));
        Batch batch = new Batch(TestBatches.id(1), TestBatches.RUN, listedRecords());
        catalog()
                .catalog()
                .outcomes()
                .record(batch, List.of(new CopiedRecord(0, "own/1.png", "etag", OptionalLong.empty())));
        assertThat(CatalogUnderTest.table(catalog().catalog())
                        .update()
                        .apply(batch.id(), 1)
                        .totals())
                .isEqualTo(RecordTotals.NONE.withMigrated(1));
        assertThat(catalog().rows()).containsEntry(1, "own/1.png");
        assertThat(listedRecords()).isEmpty();
    }

    @Test
    default void emptyLocationIsNotFound() {
        catalog().put(1, "");
        load("A", entry("legacy/1.png"));
        assertThat(listedRecords()).isEmpty();
        assertThat(listed().count(Optional.empty()).legacy()).isZero();
    }

    @Test
    default void windowsCountRowsOfTheTable() {
        IntStream.rangeClosed(1, 7).forEach(key -> catalog().put(key, "legacy/" + key + ".png"));
        load("A", entry("legacy/5.png"));
        WorkSource.Page first = listed().page(Optional.empty(), 1);
        assertThat(first.records()).isEmpty();
        assertThat(first.end()).contains(TestBatches.record(3).rowKey());
        assertThat(listed().page(first.end(), 1).records())
                .extracting(ScannedRecord::record)
                .containsExactly(TestBatches.record(5));
        assertThat(listed().count(first.end()))
                .isEqualTo(new CountedWindow(
                        1, 0, Optional.of(TestBatches.record(6).rowKey())));
    }

    @Test
    default void loadingReplacesTheLoadedManifest() {
        List.of(1, 2).forEach(key -> catalog().put(key, "legacy/" + key + ".png"));
        assertThat(loader().loaded()).isEmpty();
        load("A", entry("legacy/1.png"));
        assertThat(loader().loaded()).contains("A");
        load("B", entry("legacy/2.png"), entry("legacy/2.png"));
        assertThat(loader().loaded()).contains("B");
        assertThat(listedRecords()).containsExactly(TestBatches.record(2));
    }

    @Test
    default void interruptedLoadLeavesNoManifest() {
        load("A", entry("legacy/1.png"));
        Stream<ManifestEntry> breaking = IntStream.range(0, 3_000).mapToObj(i -> {
            if (i == 2_500) {
                throw new IllegalStateException("broken off");
            }
            return entry("legacy/" + i);
        });
        assertThatThrownBy(() -> loader().load("B", breaking.iterator(), soFar -> {}))
                .hasMessage("broken off");
        assertThat(loader().loaded()).isEmpty();
        load("B", entry("legacy/1.png"));
        assertThat(loader().loaded()).contains("B");
    }

    @Test
    default void loadsMoreEntriesThanOneStatementHolds() {
        catalog().put(1, "legacy/0");
        catalog().put(2, "legacy/2500");
        List<Long> progress = new ArrayList<>();
        loader().load(
                        "A",
                        IntStream.rangeClosed(0, 2_500)
                                .mapToObj(i -> entry("legacy/" + i))
                                .iterator(),
                        progress::add);
        assertThat(listedRecords()).extracting(SourceRecord::location).containsExactly("legacy/0", "legacy/2500");
        assertThat(progress).last().isEqualTo(2_501L);
    }

    @Test
    default void onlyTheLeaderLoads() {
        try (ProducerCatalog another = catalog().another()) {
            assertThatThrownBy(() -> another.manifest()
                            .load("A", List.of(entry("legacy/1.png")).iterator(), soFar -> {}))
                    .isInstanceOf(Unavailable.class);
        }
        assertThat(loader().loaded()).isEmpty();
    }
}
