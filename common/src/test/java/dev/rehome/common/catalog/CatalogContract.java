package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.TestBatches;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every catalog. Each implementation has a subclass that opens an empty database. */
public abstract class CatalogContract
        implements ScanContract,
                SamplerContract,
                ManifestContract,
                LedgerContract,
                ControlLedgerContract,
                MigratedRecordsContract,
                FailureContract,
                RollbackContract,
                ReferenceLookupContract,
                RemainsContract {
    private CatalogUnderTest catalog;
    private LeaderLock lock;
    private ReferenceUpdate update;
    private OutcomeLedger outcomes;
    private BatchLedger batches;
    private RunLedger runs;

    /** Opens a prepared database without rows or runs; the test closes it. */
    protected abstract CatalogUnderTest open();

    @BeforeEach
    final void begin() {
        catalog = open();
        lock = catalog.catalog().lock();
        update = CatalogUnderTest.table(catalog.catalog()).update();
        outcomes = catalog.catalog().outcomes();
        batches = catalog.catalog().batches();
        runs = catalog.catalog().runs();
        lock.acquire(Duration.ZERO);
    }

    @AfterEach
    final void end() {
        lock.close();
        catalog.close();
    }

    @Override
    public final CatalogUnderTest catalog() {
        return catalog;
    }

    private Batch threeCopied() {
        List.of(1, 2, 3).forEach(key -> catalog.put(key, "legacy/" + key + ".png"));
        Batch batch = TestBatches.batch(1, 1, 2, 3);
        outcomes.record(batch, TestBatches.copied(batch, CatalogUnderTest.KEYS));
        return batch;
    }

    private RecordTotals apply(Batch batch) {
        ApplyResult result = update.apply(batch.id(), batch.size());
        assertThat(result.isApplied()).isTrue();
        return result.totals();
    }

    @Test
    void outcomesAreRecordedByRecordNumber() {
        Batch batch = TestBatches.batch(1, 7, 8, 9);
        assertThat(outcomes.recorded(batch.id())).isEmpty();
        outcomes.record(batch, List.of());
        outcomes.record(batch, List.of(copied(batch, 2)));
        outcomes.record(batch, List.of(copied(batch, 0), copied(batch, 2)));
        assertThat(outcomes.recorded(batch.id())).containsExactlyInAnyOrder(0, 2);
        assertThat(outcomes.recorded(TestBatches.id(2))).isEmpty();
    }

    @Test
    void firstOutcomeOfARecordWins() {
        catalog.put(1, "legacy/1.png");
        catalog.put(2, "legacy/2.png");
        Batch batch = TestBatches.batch(1, 1, 2);
        outcomes.record(batch, List.of(copied(batch, 0), failed(1)));
        outcomes.record(batch, List.of(failed(0), copied(batch, 1)));
        assertThat(apply(batch)).isEqualTo(RecordTotals.NONE.withMigrated(1).withFailed(1));
    }

    @Test
    void twoBatchesCanHoldTheSameRecord() {
        Batch first = threeCopied();
        Batch second = TestBatches.batch(2, 3);
        outcomes.record(second, TestBatches.copied(second, CatalogUnderTest.KEYS));
        assertThat(apply(second)).isEqualTo(RecordTotals.NONE.withMigrated(1));
        assertThat(apply(first)).isEqualTo(RecordTotals.NONE.withMigrated(3));
    }

    @Test
    void batchWithMissingOutcomesIsNotApplied() {
        catalog.put(1, "legacy/1.png");
        Batch batch = TestBatches.batch(1, 1, 2, 3);
        outcomes.record(batch, List.of(copied(batch, 0)));
        assertThat(update.apply(batch.id(), batch.size())).isEqualTo(ApplyResult.outcomesMissing(2));
        assertThat(catalog.rows()).containsEntry(1, "legacy/1.png");
        assertThat(batches.totals(1)).isEqualTo(RecordTotals.NONE);
    }

    @Test
    void everyRecordIsClassified() {
        List.of(1, 2, 3, 4, 5).forEach(key -> catalog.put(key, "legacy/" + key + ".png"));
        Batch batch = TestBatches.batch(1, 1, 2, 3, 4, 5);
        outcomes.record(
                batch, List.of(copied(batch, 0), copied(batch, 1), copied(batch, 2), copied(batch, 3), failed(4)));
        catalog.put(2, "legacy/2.PNG");
        catalog.put(3, null);
        catalog.delete(4);
        RecordTotals result =
                RecordTotals.NONE.withMigrated(1).withChanged(2).withDeleted(1).withFailed(1);
        assertThat(apply(batch)).isEqualTo(result);
        assertThat(catalog.rows())
                .containsEntry(1, "new/1.png")
                .containsEntry(2, "legacy/2.PNG")
                .containsEntry(3, null)
                .doesNotContainKey(4)
                .containsEntry(5, "legacy/5.png");
        assertThat(batches.totals(1)).isEqualTo(result);
    }

    @Test
    void applyingTwiceChangesNothing() {
        Batch batch = threeCopied();
        catalog.delete(3);
        RecordTotals result = RecordTotals.NONE.withMigrated(2).withDeleted(1);
        assertThat(apply(batch)).isEqualTo(result);
        catalog.put(1, "legacy/1.png");
        catalog.put(3, "legacy/3.png");
        assertThat(apply(batch)).isEqualTo(result);
        assertThat(catalog.rows()).containsEntry(1, "legacy/1.png").containsEntry(3, "legacy/3.png");
        assertThat(batches.totals(1)).isEqualTo(result);
    }

    @Test
    void outcomeRecordedAfterApplyingChangesNothing() {
        Batch batch = threeCopied();
        apply(batch);
        outcomes.record(batch, TestBatches.copied(batch, CatalogUnderTest.KEYS));
        catalog.put(1, "legacy/1.png");
        assertThat(apply(batch)).isEqualTo(RecordTotals.NONE.withMigrated(3));
        assertThat(catalog.rows()).containsEntry(1, "legacy/1.png");
    }

    @Test
    void onlyTheLeaderApplies() {
        Batch batch = threeCopied();
        try (ProducerCatalog another = catalog.another()) {
            LeaderLock theirs = another.lock();
            ReferenceUpdate theirUpdate = CatalogUnderTest.table(another).update();
            assertThat(lock.acquire(Duration.ZERO)).as("held already").isTrue();
            assertThat(theirs.acquire(Duration.ZERO)).isFalse();
            assertThatThrownBy(() -> theirUpdate.apply(batch.id(), 3)).isInstanceOf(Unavailable.class);
            lock.close();
            assertThatThrownBy(() -> apply(batch)).isInstanceOf(Unavailable.class);
            assertThat(theirs.acquire(Duration.ofSeconds(2))).isTrue();
            assertThat(lock.acquire(Duration.ZERO)).isFalse();
            assertThat(theirUpdate.apply(batch.id(), 3).totals()).isEqualTo(RecordTotals.NONE.withMigrated(3));
        }
        assertThat(lock.acquire(Duration.ofSeconds(2))).isTrue();
    }

    @Test
    void incompleteRunIsResumed() {
        assertThat(runs.latest()).isEmpty();
        RunLedger.Run first = runs.startOrResume(Optional.empty());
        assertThat(first.number()).isEqualTo(1);
        assertThat(first.completed()).isEmpty();
        assertThat(Duration.between(first.started(), runs.now())).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(runs.startOrResume(Optional.empty())).isEqualTo(first);

        runs.complete(1, "3 rows");
        RunLedger.Run complete = runs.latest().orElseThrow();
        assertThat(complete.number()).isEqualTo(1);
        assertThat(complete.completed()).isPresent();
        runs.complete(1, "again");
        assertThat(runs.latest()).contains(complete);

        assertThat(runs.startOrResume(Optional.empty()).number()).isEqualTo(2);
        assertThat(runs.latest()).map(RunLedger.Run::completed).contains(Optional.empty());
    }

    @Test
    void incompleteRunRejectsAnotherManifest() {
        assertThat(runs.startOrResume(Optional.of("A")).manifest()).contains("A");
        assertThat(runs.startOrResume(Optional.of("A")).number()).isEqualTo(1);
        for (Optional<String> other : List.of(Optional.of("B"), Optional.<String>empty())) {
            assertThatThrownBy(() -> runs.startOrResume(other))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("started with the manifest A");
        }
        runs.complete(1, "done");
        assertThat(runs.latest()).flatMap(RunLedger.Run::manifest).contains("A");
        assertThat(runs.startOrResume(Optional.empty()).manifest()).isEmpty();
        assertThatThrownBy(() -> runs.startOrResume(Optional.of("B"))).hasMessageContaining("started with no manifest");
    }

    @Test
    void totalsCountOneRunOnly() {
        apply(threeCopied());
        catalog.put(4, "legacy/4.png");
        Batch next =
                new Batch(TestBatches.id(2), RunId.start(2), List.of(TestBatches.record(4), TestBatches.record(5)));
        outcomes.record(next, TestBatches.copied(next, CatalogUnderTest.KEYS));
        apply(next);
        assertThat(batches.totals(1)).isEqualTo(RecordTotals.NONE.withMigrated(3));
        assertThat(batches.totals(2))
                .isEqualTo(RecordTotals.NONE.withMigrated(1).withDeleted(1));
        assertThat(batches.totals(3)).isEqualTo(RecordTotals.NONE);
    }

    @Test
    void deadLetterCountsItsFailuresOnce() {
        List.of(1, 2).forEach(key -> catalog.put(key, "legacy/" + key + ".png"));
        Batch batch = TestBatches.batch(1, 1, 2);
        outcomes.record(batch, List.of(failed(0), copied(batch, 1)));
        batches.recordDeadLetter(batch.id());
        batches.recordDeadLetter(batch.id());
        batches.recordDeadLetter(TestBatches.id(9));
        assertThat(batches.totals(1)).isEqualTo(RecordTotals.NONE.withFailed(1));
        assertThat(catalog.rows()).containsEntry(2, "legacy/2.png");
    }

    private static CopiedRecord copied(Batch batch, int record) {
        return TestBatches.copied(batch, CatalogUnderTest.KEYS, record);
    }

    private static FailedRecord failed(int record) {
        return new FailedRecord(record, FailureCode.NOT_FOUND, "no such object");
    }
}
