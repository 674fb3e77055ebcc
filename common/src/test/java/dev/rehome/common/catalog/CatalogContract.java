package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.TestBatches;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every catalog must do. A database is held to it by a subclass that opens an empty one. */
public abstract class CatalogContract implements ScanContract, ManifestContract {
    private CatalogUnderTest catalog;
    private CatalogWriter session;

    /** Opens a prepared catalog without rows or runs; the test closes it. */
    protected abstract CatalogUnderTest open();

    @BeforeEach
    final void begin() {
        catalog = open();
        session = catalog.session();
        session.acquire(Duration.ZERO);
    }

    @AfterEach
    final void end() {
        session.close();
        catalog.close();
    }

    @Override
    public final CatalogUnderTest catalog() {
        return catalog;
    }

    @Override
    public final CatalogWriter session() {
        return session;
    }

    private Batch threeCopied() {
        List.of(1, 2, 3).forEach(key -> catalog.put(key, "legacy/" + key + ".png"));
        Batch batch = TestBatches.batch(1, 1, 2, 3);
        catalog.mappings().record(batch, TestBatches.copied(batch, CatalogUnderTest.KEYS));
        return batch;
    }

    private ApplyResult apply(Batch batch) {
        return session.apply(batch.id(), batch.size());
    }

    @Test
    void outcomesAreRecordedByTheirNumber() {
        Batch batch = TestBatches.batch(1, 7, 8, 9);
        assertThat(catalog.mappings().recorded(batch.id())).isEmpty();
        catalog.mappings().record(batch, List.of());
        catalog.mappings().record(batch, List.of(copied(batch, 2)));
        catalog.mappings().record(batch, List.of(copied(batch, 0), copied(batch, 2)));
        assertThat(catalog.mappings().recorded(batch.id())).containsExactlyInAnyOrder(0, 2);
        assertThat(catalog.mappings().recorded(TestBatches.id(2))).isEmpty();
    }

    @Test
    void theFirstOutcomeOfARecordStands() {
        catalog.put(1, "legacy/1.png");
        catalog.put(2, "legacy/2.png");
        Batch batch = TestBatches.batch(1, 1, 2);
        catalog.mappings().record(batch, List.of(copied(batch, 0), failed(1)));
        catalog.mappings().record(batch, List.of(failed(0), copied(batch, 1)));
        assertThat(apply(batch)).isEqualTo(new ApplyResult(1, 0, 0, 1, 0));
    }

    @Test
    void twoBatchesMayHoldTheSameRecord() {
        Batch first = threeCopied();
        Batch second = TestBatches.batch(2, 3);
        catalog.mappings().record(second, TestBatches.copied(second, CatalogUnderTest.KEYS));
        assertThat(apply(second)).isEqualTo(new ApplyResult(1, 0, 0, 0, 0));
        assertThat(apply(first)).isEqualTo(new ApplyResult(3, 0, 0, 0, 0));
    }

    @Test
    void nothingIsAppliedWhileAnOutcomeIsMissing() {
        catalog.put(1, "legacy/1.png");
        Batch batch = TestBatches.batch(1, 1, 2, 3);
        catalog.mappings().record(batch, List.of(copied(batch, 0)));
        assertThat(apply(batch)).isEqualTo(new ApplyResult(0, 0, 0, 0, 2));
        assertThat(apply(batch).isApplied()).isFalse();
        assertThat(catalog.rows()).containsEntry(1, "legacy/1.png");
        assertThat(catalog.runs().totals(1)).isEqualTo(new ApplyResult(0, 0, 0, 0, 0));
    }

    @Test
    void everyRecordIsClassified() {
        List.of(1, 2, 3, 4, 5).forEach(key -> catalog.put(key, "legacy/" + key + ".png"));
        Batch batch = TestBatches.batch(1, 1, 2, 3, 4, 5);
        catalog.mappings()
                .record(
                        batch,
                        List.of(copied(batch, 0), copied(batch, 1), copied(batch, 2), copied(batch, 3), failed(4)));
        catalog.put(2, "legacy/2.PNG");
        catalog.put(3, null);
        catalog.delete(4);
        ApplyResult result = new ApplyResult(1, 2, 1, 1, 0);
        assertThat(apply(batch)).isEqualTo(result);
        assertThat(catalog.rows())
                .containsEntry(1, "new/1.png")
                .containsEntry(2, "legacy/2.PNG")
                .containsEntry(3, null)
                .doesNotContainKey(4)
                .containsEntry(5, "legacy/5.png");
        assertThat(catalog.runs().totals(1)).isEqualTo(result);
    }

    @Test
    void applyingTwiceChangesNothing() {
        Batch batch = threeCopied();
        catalog.delete(3);
        ApplyResult result = new ApplyResult(2, 0, 1, 0, 0);
        assertThat(apply(batch)).isEqualTo(result);
        catalog.put(1, "legacy/1.png");
        catalog.put(3, "legacy/3.png");
        assertThat(apply(batch)).isEqualTo(result);
        assertThat(catalog.rows()).containsEntry(1, "legacy/1.png").containsEntry(3, "legacy/3.png");
        assertThat(catalog.runs().totals(1)).isEqualTo(result);
    }

    @Test
    void aLateOutcomeDoesNotUndoWhatWasApplied() {
        Batch batch = threeCopied();
        apply(batch);
        catalog.mappings().record(batch, TestBatches.copied(batch, CatalogUnderTest.KEYS));
        catalog.put(1, "legacy/1.png");
        assertThat(apply(batch)).isEqualTo(new ApplyResult(3, 0, 0, 0, 0));
        assertThat(catalog.rows()).containsEntry(1, "legacy/1.png");
    }

    @Test
    void onlyTheLocksHolderApplies() {
        Batch batch = threeCopied();
        try (CatalogWriter second = catalog.session()) {
            assertThat(session.acquire(Duration.ZERO)).as("held already").isTrue();
            assertThat(second.acquire(Duration.ZERO)).isFalse();
            assertThatThrownBy(() -> second.apply(batch.id(), 3)).isInstanceOf(Unavailable.class);
            session.close();
            assertThatThrownBy(() -> apply(batch)).isInstanceOf(Unavailable.class);
            assertThat(second.acquire(Duration.ofSeconds(2))).isTrue();
            assertThat(session.acquire(Duration.ZERO)).isFalse();
            assertThat(second.apply(batch.id(), 3)).isEqualTo(new ApplyResult(3, 0, 0, 0, 0));
        }
        assertThat(session.acquire(Duration.ofSeconds(2))).isTrue();
    }

    @Test
    void aRunGoesOnUntilItIsComplete() {
        RunLedger runs = catalog.runs();
        assertThat(runs.latest()).isEmpty();
        RunLedger.Run first = runs.open(Optional.empty());
        assertThat(first.number()).isEqualTo(1);
        assertThat(first.completed()).isEmpty();
        assertThat(Duration.between(first.started(), runs.now())).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(runs.open(Optional.empty())).isEqualTo(first);

        runs.complete(1, "3 rows");
        RunLedger.Run complete = runs.latest().orElseThrow();
        assertThat(complete.number()).isEqualTo(1);
        assertThat(complete.completed()).isPresent();
        runs.complete(1, "again");
        assertThat(runs.latest()).contains(complete);

        assertThat(runs.open(Optional.empty()).number()).isEqualTo(2);
        assertThat(runs.latest()).map(RunLedger.Run::completed).contains(Optional.empty());
    }

    @Test
    void aRunThatIsNotCompleteKeepsItsManifest() {
        RunLedger runs = catalog.runs();
        assertThat(runs.open(Optional.of("A")).manifest()).contains("A");
        assertThat(runs.open(Optional.of("A")).number()).isEqualTo(1);
        for (Optional<String> other : List.of(Optional.of("B"), Optional.<String>empty())) {
            assertThatThrownBy(() -> runs.open(other))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("begun with the manifest A");
        }
        runs.complete(1, "done");
        assertThat(runs.latest()).flatMap(RunLedger.Run::manifest).contains("A");
        assertThat(runs.open(Optional.empty()).manifest()).isEmpty();
        assertThatThrownBy(() -> runs.open(Optional.of("B"))).hasMessageContaining("begun with no manifest");
    }

    @Test
    void totalsAreThoseOfOneRun() {
        apply(threeCopied());
        catalog.put(4, "legacy/4.png");
        Batch next = new Batch(TestBatches.id(2), 2, List.of(TestBatches.record(4), TestBatches.record(5)));
        catalog.mappings().record(next, TestBatches.copied(next, CatalogUnderTest.KEYS));
        apply(next);
        assertThat(catalog.runs().totals(1)).isEqualTo(new ApplyResult(3, 0, 0, 0, 0));
        assertThat(catalog.runs().totals(2)).isEqualTo(new ApplyResult(1, 0, 1, 0, 0));
        assertThat(catalog.runs().totals(3)).isEqualTo(new ApplyResult(0, 0, 0, 0, 0));
    }

    @Test
    void aBatchThatIsSetAsideCountsItsFailuresOnce() {
        List.of(1, 2).forEach(key -> catalog.put(key, "legacy/" + key + ".png"));
        Batch batch = TestBatches.batch(1, 1, 2);
        catalog.mappings().record(batch, List.of(failed(0), copied(batch, 1)));
        catalog.runs().setAside(batch.id());
        catalog.runs().setAside(batch.id());
        catalog.runs().setAside(TestBatches.id(9));
        assertThat(catalog.runs().totals(1)).isEqualTo(new ApplyResult(0, 0, 0, 1, 0));
        assertThat(catalog.rows()).containsEntry(2, "legacy/2.png");
    }

    private static CopiedRecord copied(Batch batch, int record) {
        return TestBatches.copied(batch, CatalogUnderTest.KEYS, record);
    }

    private static FailedRecord failed(int record) {
        return new FailedRecord(record, FailureCode.NOT_FOUND, "no such object");
    }
}
