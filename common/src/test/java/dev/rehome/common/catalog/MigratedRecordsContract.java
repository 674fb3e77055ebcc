package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of a ledger that reads back what was migrated. */
interface MigratedRecordsContract {
    CatalogUnderTest catalog();

    /** The producer migrates a batch of these rows; those that are also in {@code failed} fail. */
    private void migrate(int batchId, List<Integer> keys, List<Integer> failed) {
        keys.forEach(key -> catalog().put(key, "legacy/" + key + ".png"));
        Batch batch = TestBatches.batch(
                batchId, keys.stream().mapToInt(Integer::intValue).toArray());
        List<RecordOutcome> outcomes = IntStream.range(0, keys.size())
                .<RecordOutcome>mapToObj(record -> failed.contains(keys.get(record))
                        ? new FailedRecord(record, FailureCode.NOT_FOUND, "no such object")
                        : TestBatches.copied(batch, CatalogUnderTest.KEYS, record))
                .toList();
        catalog().catalog().outcomes().record(batch, outcomes);
        CatalogUnderTest.table(catalog().catalog()).update().apply(batch.id(), batch.size());
    }

    private MigratedRecords migrated() {
        return catalog().verification().migrated();
    }

    private List<MigratedRecord> all() {
        List<MigratedRecord> all = new ArrayList<>();
        Optional<MappingRowId> end = Optional.empty();
        do {
            MigratedRecords.Page page = migrated().page(end);
            all.addAll(page.records());
            end = page.end();
        } while (end.isPresent());
        return all;
    }

    @Test
    default void ledgerWithoutMigratedRecordsHasNoWindow() {
        assertThat(migrated().count()).isZero();
        assertThat(migrated().page(Optional.empty())).isEqualTo(new MigratedRecords.Page(List.of(), Optional.empty()));
    }

    @Test
    default void everyMigratedRecordIsReturnedInOrderWithWhatItsRowHolds() {
        migrate(1, List.of(1, 2, 3, 4, 5), List.of(5));
        migrate(2, List.of(6, 7), List.of());
        catalog().put(2, "new/2.PNG");
        catalog().put(3, "legacy/3.png");
        catalog().put(4, null);
        catalog().delete(6);

        assertThat(migrated().count()).isEqualTo(6);
        assertThat(all())
                .extracting(record -> record.rowKey() + " " + record.reference()
                        + record.current().map(" "::concat).orElse(""))
                .containsExactly("1 HELD", "2 CHANGED new/2.PNG", "3 REVERTED", "4 CHANGED", "6 DELETED", "7 HELD");
        MigratedRecord last = all().get(5);
        assertThat(last.id()).isEqualTo(new MappingRowId(TestBatches.id(2), 1));
        assertThat(last.oldLocation()).isEqualTo("legacy/7.png");
        assertThat(last.newLocation()).isEqualTo("new/7.png");
        assertThat(last.proof()).isEqualTo("etag-1");
    }

    @Test
    default void windowsCanBeReadAgainFromAnyRow() {
        migrate(1, List.of(1, 2, 3, 4, 5), List.of());
        List<MigratedRecord> all = all();
        assertThat(migrated().page(Optional.of(all.get(1).id())).records()).startsWith(all.get(2));
        assertThat(migrated().page(Optional.of(all.get(4).id())))
                .isEqualTo(new MigratedRecords.Page(List.of(), Optional.empty()));
    }

    @Test
    default void recordThatWasMigratedTwiceIsReturnedAsTheLastTime() {
        migrate(1, List.of(1, 2), List.of());
        migrate(2, List.of(1), List.of());
        assertThat(all())
                .extracting(MigratedRecord::id)
                .containsExactly(new MappingRowId(TestBatches.id(1), 1), new MappingRowId(TestBatches.id(2), 0));
    }

    @Test
    default void rereadShowsWhatTheRowHoldsNow() {
        migrate(1, List.of(1), List.of());
        MigratedRecord before = all().get(0);
        assertThat(migrated().reread(before)).isEqualTo(before);
        catalog().put(1, "other");
        MigratedRecord after = migrated().reread(before);
        assertThat(after.reference()).isEqualTo(Reference.CHANGED);
        assertThat(after.current()).contains("other");
    }

    @Test
    default void proofOfARepairedCopyReplacesTheFirstOne() {
        migrate(1, List.of(1, 2), List.of());
        MappingRowId second = all().get(1).id();
        migrated().updateProof(second, "repaired");
        migrated().updateProof(second, "repaired");
        assertThat(all()).extracting(MigratedRecord::proof).containsExactly("etag-0", "repaired");
    }
}
