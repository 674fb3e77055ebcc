package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.WorkSource.CountedWindow;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every scan. */
interface ScanContract {
    CatalogUnderTest catalog();

    private WorkSource work() {
        return CatalogUnderTest.table(catalog().catalog()).work();
    }

    @Test
    default void emptyTableHasNoWindow() {
        assertThat(work().page(Optional.empty(), 1)).isEqualTo(new WorkSource.Page(List.of(), Optional.empty()));
        assertThat(work().count(Optional.empty())).isEqualTo(new CountedWindow(0, 0, Optional.empty()));
    }

    @Test
    default void windowsCountRowsNotMatches() {
        IntStream.of(1, 2, 3, 5, 8, 9).forEach(key -> catalog().put(key, "other"));
        IntStream.of(4, 10).forEach(key -> catalog().put(key, "legacy/" + key + ".png"));
        isPage(Optional.empty(), 3);
        isPage(key(3), 8, 4);
        isPage(key(8), 10, 10);
        assertThat(work().page(key(10), 1)).isEqualTo(new WorkSource.Page(List.of(), Optional.empty()));
        assertThat(work().page(key(7), 1).end()).as("after a deleted row").isEqualTo(key(10));
    }

    private void isPage(Optional<RowKey> after, int end, int... keys) {
        assertThat(work().page(after, 1))
                .isEqualTo(new WorkSource.Page(
                        IntStream.of(keys)
                                .mapToObj(key -> new ScannedRecord(TestBatches.record(key), Optional.empty()))
                                .toList(),
                        key(end)));
        assertThat(work().count(after)).isEqualTo(new CountedWindow(keys.length, 0, key(end)));
    }

    private static Optional<RowKey> key(int key) {
        return Optional.of(RowKey.of(Integer.toString(key)));
    }

    @Test
    default void prefixIsMatchedByteForByte() {
        List<String> others =
                List.of("LEGACY/a", "Legacy/a", "l\u00e9gacy/a", "legacyXa", "legacy", " legacy/a", "", "a/legacy/");
        IntStream.range(0, others.size()).forEach(i -> catalog().put(i, others.get(i)));
        catalog().put(90, null);
        List<String> legacy = List.of("legacy/", "legacy//", "legacy/A b ", "legacy/\u00e9", "legacy/legacy/x");
        IntStream.range(0, legacy.size()).forEach(i -> catalog().put(100 + i, legacy.get(i)));
        assertThat(new CatalogWalk(work()).records(1))
                .extracting(SourceRecord::location)
                .isEqualTo(legacy);
    }

    @Test
    default void rowBeforeThePositionIsFoundByTheNextPass() {
        IntStream.of(2, 4, 6, 8).forEach(key -> catalog().put(key, "other"));
        WorkSource work = work();
        WorkSource.Page first = work.page(Optional.empty(), 1);
        catalog().put(1, "legacy/1.png");
        catalog().put(7, "legacy/7.png");
        assertThat(work.page(first.end(), 1).records())
                .extracting(ScannedRecord::record)
                .containsExactly(TestBatches.record(7));
        assertThat(new CatalogWalk(work).records(1)).containsExactly(TestBatches.record(1), TestBatches.record(7));
    }

    @Test
    default void failureOfThisRunIsReturnedWhileTheRowHoldsItsValue() {
        IntStream.of(1, 2, 3).forEach(key -> catalog().put(key, "legacy/" + key + ".png"));
        Batch batch = TestBatches.batch(1, 1, 2, 3);
        catalog()
                .catalog()
                .outcomes()
                .record(
                        batch,
                        List.of(
                                new FailedRecord(0, FailureCode.NOT_FOUND, "gone"),
                                new FailedRecord(1, FailureCode.ARCHIVED, "frozen"),
                                TestBatches.copied(batch, CatalogUnderTest.KEYS, 2)));
        catalog().put(2, "legacy/2.PNG");
        CatalogWalk walk = new CatalogWalk(work());
        assertThat(walk.pass(1))
                .as("the batch was lost before its failures were counted, so its records are published again")
                .allSatisfy(found -> assertThat(found.failure()).isEmpty());
        catalog().catalog().batches().recordDeadLetter(batch.id());
        assertThat(walk.pass(1))
                .extracting(ScannedRecord::failure)
                .containsExactly(Optional.of("NOT_FOUND"), Optional.empty(), Optional.empty());
        assertThat(walk.pass(2))
                .as("another run tries again")
                .allSatisfy(found -> assertThat(found.failure()).isEmpty());
    }
}
