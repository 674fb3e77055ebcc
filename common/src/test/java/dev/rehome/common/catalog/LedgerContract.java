package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.EventLedger.Sent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of a ledger for the end of a run, and for batches that are finished without an update. */
interface LedgerContract {
    CatalogUnderTest catalog();

    private ProducerCatalog ledger() {
        return catalog().catalog();
    }

    private RunId started() {
        return ledger().runs().startOrResume(Optional.empty()).id();
    }

    @Test
    default void runIsKnownByItsNumberAndToken() {
        assertThat(ledger().runs().contains(RunId.start(1))).isFalse();
        RunId first = started();
        ledger().runs().complete(1, "done");
        RunId second = started();
        assertThat(ledger().runs().contains(first)).isTrue();
        assertThat(ledger().runs().contains(second)).isTrue();
        assertThat(ledger().runs().contains(RunId.start(1))).as("another token").isFalse();
        assertThat(ledger().runs().contains(new RunId(2, first.token()))).isFalse();
    }

    @Test
    default void scaleDownIsDueFromTheEndOfAMarkedRunUntilItIsDone() {
        PendingScaleDown pending = ledger().scaleDown();
        assertThat(pending.isDue()).as("no run").isFalse();
        started();
        pending.due(1);
        pending.due(1);
        assertThat(pending.isDue()).as("the run is incomplete").isFalse();
        ledger().runs().complete(1, "done");
        try (ProducerCatalog next = catalog().another()) {
            assertThat(next.scaleDown().isDue()).as("the next start").isTrue();
        }
        pending.done();
        pending.done();
        assertThat(pending.isDue()).isFalse();
    }

    @Test
    default void runThatWasNotMarkedBeforeItsEndNeedsNoScaleDown() {
        started();
        ledger().runs().complete(1, "done");
        ledger().scaleDown().due(1);
        assertThat(ledger().scaleDown().isDue()).isFalse();
    }

    @Test
    default void eventsThatTheReceiverHasAreRememberedForEachRun() {
        started();
        assertThat(ledger().events().sent(1)).isEmpty();
        ledger().events().sent(1, new Sent(0, false));
        assertThat(ledger().events().sent(1)).contains(new Sent(0, false));
        ledger().runs().complete(1, "done");
        started();
        ledger().events().sent(2, new Sent(17, false));
        ledger().events().sent(1, new Sent(12, true));
        try (ProducerCatalog next = catalog().another()) {
            assertThat(next.events().sent(1)).as("for the next start").contains(new Sent(12, true));
            assertThat(next.events().sent(2)).contains(new Sent(17, false));
            assertThat(next.events().sent(3)).as("no such run").isEmpty();
        }
    }

    @Test
    default void scaleDownOfAnEarlierRunIsNotDueForALaterOne() {
        started();
        ledger().scaleDown().due(1);
        ledger().runs().complete(1, "done");
        started();
        assertThat(ledger().scaleDown().isDue()).as("run 2 is incomplete").isFalse();
        ledger().runs().complete(2, "done");
        assertThat(ledger().scaleDown().isDue()).as("run 2 was not marked").isFalse();
    }

    @Test
    default void updateOfNothingFinishesABatchAndLeavesTheRowsAlone() {
        List.of(1, 2, 3).forEach(key -> catalog().put(key, "legacy/" + key + ".png"));
        Map<Integer, String> rows = catalog().rows();
        Batch batch = TestBatches.batch(1, 1, 2, 3);
        OutcomeLedger outcomes = ledger().outcomes();
        ReferenceUpdate none = ReferenceUpdate.none(outcomes, ledger().batches());
        outcomes.record(batch, List.of(TestBatches.copied(batch, CatalogUnderTest.KEYS, 0)));
        assertThat(none.apply(batch.id(), 3)).isEqualTo(ApplyResult.outcomesMissing(2));
        assertThat(ledger().batches().totals(1)).isEqualTo(RecordTotals.NONE);

        outcomes.record(
                batch,
                List.of(
                        TestBatches.copied(batch, CatalogUnderTest.KEYS, 1),
                        new FailedRecord(2, FailureCode.NOT_FOUND, "no such object")));
        RecordTotals totals = RecordTotals.NONE.withMigrated(2).withFailed(1);
        assertThat(none.apply(batch.id(), 3)).isEqualTo(ApplyResult.applied(totals));
        assertThat(none.apply(batch.id(), 3)).as("repeated").isEqualTo(ApplyResult.applied(totals));
        assertThat(ledger().batches().totals(1)).isEqualTo(totals);
        assertThat(catalog().rows()).isEqualTo(rows);
    }

    @Test
    default void firstBatchOfARunIsTheOneWithTheLeastId() {
        BatchLedger batches = ledger().batches();
        assertThat(batches.first(1)).isEmpty();
        for (int id : List.of(8, 7)) {
            Batch batch = TestBatches.batch(id, id);
            ledger().outcomes().record(batch, TestBatches.copied(batch, CatalogUnderTest.KEYS));
            batches.finishWithoutUpdate(batch.id());
        }
        assertThat(batches.first(1)).contains(TestBatches.id(7));
        assertThat(batches.first(2)).isEmpty();
    }

    @Test
    default void finishingABatchAgainReturnsItsFirstTotals() {
        assertThat(ledger().batches().finishWithoutUpdate(TestBatches.id(9)))
                .as("no outcomes")
                .isEqualTo(RecordTotals.NONE);
        catalog().put(1, "legacy/1.png");
        Batch batch = TestBatches.batch(1, 1, 2);
        ledger().outcomes().record(batch, TestBatches.copied(batch, CatalogUnderTest.KEYS));
        RecordTotals applied = CatalogUnderTest.table(ledger())
                .update()
                .apply(batch.id(), batch.size())
                .totals();
        assertThat(ledger().batches().finishWithoutUpdate(batch.id())).isEqualTo(applied);
        assertThat(applied).isEqualTo(RecordTotals.NONE.withMigrated(1).withDeleted(1));
    }
}
