package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.FailureLedger.Group;
import dev.rehome.common.catalog.FailureLedger.RequeueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of a ledger for failed records: grouped, listed, and made pending again. */
interface FailureContract {
    CatalogUnderTest catalog();

    private FailureLedger failures() {
        return catalog().catalog().failures();
    }

    private RunId started() {
        return catalog().catalog().runs().startOrResume(Optional.empty()).id();
    }

    /** A batch of run 1 is applied: records whose code is null are copied, the others fail with it. */
    private void apply(RunId run, int id, int firstKey, FailureCode... codes) {
        List<Integer> keys =
                IntStream.range(firstKey, firstKey + codes.length).boxed().toList();
        keys.forEach(key -> catalog().put(key, "legacy/" + key + ".png"));
        Batch batch = new Batch(
                TestBatches.id(id), run, keys.stream().map(TestBatches::record).toList());
        catalog()
                .catalog()
                .outcomes()
                .record(
                        batch,
                        IntStream.range(0, codes.length)
                                .<RecordOutcome>mapToObj(i -> codes[i] == null
                                        ? TestBatches.copied(batch, CatalogUnderTest.KEYS, i)
                                        : new FailedRecord(i, codes[i], "message " + i))
                                .toList());
        CatalogUnderTest.table(catalog().catalog()).update().apply(batch.id(), batch.size());
    }

    private List<RecordedOutcome> all(Optional<String> code) {
        List<RecordedOutcome> all = new ArrayList<>();
        Optional<BatchId> end = Optional.empty();
        do {
            RecordedOutcomes.Page page = failures().page(1, code, end);
            all.addAll(page.records());
            end = page.end();
        } while (end.isPresent());
        return all;
    }

    private long requeue(RequeueOrder order) {
        long moved = 0;
        Optional<BatchId> end = Optional.empty();
        do {
            FailureLedger.Requeued step = failures().requeue(order, end);
            moved += step.records();
            end = step.end();
        } while (end.isPresent());
        return moved;
    }

    private static RequeueOrder order(int id, RunId run, FailureCode... code) {
        return new RequeueOrder(
                TestBatches.id(id),
                run,
                code.length == 0 ? Optional.empty() : Optional.of(code[0].name()),
                "ann@bastion");
    }

    @Test
    default void failedRecordsAreGroupedByCodeWithTheFirstFewOfEach() {
        assertThat(failures().groups(1)).isEmpty();
        RunId run = started();
        apply(run, 1, 1, FailureCode.NOT_FOUND, null, FailureCode.ENCRYPTION, FailureCode.NOT_FOUND);
        apply(run, 2, 5, null, null);
        apply(run, 3, 7, FailureCode.NOT_FOUND, FailureCode.NOT_FOUND);
        assertThat(failures().groups(1))
                .extracting(group -> group.code() + " " + group.records() + " "
                        + group.samples().stream()
                                .map(FailureLedger.Sample::rowKey)
                                .toList())
                .containsExactly("ENCRYPTION 1 [3]", "NOT_FOUND 4 [1, 4, 7]");
        Group group = failures().groups(1).get(1);
        assertThat(group.last()).isAfterOrEqualTo(group.first());
        assertThat(group.samples().get(0)).isEqualTo(new FailureLedger.Sample(RowKey.of("1"), "legacy/1.png"));
        assertThat(failures().groups(2)).as("another run").isEmpty();
    }

    @Test
    default void failedRecordsAreListedWithTheirMessages() {
        assertThat(failures().page(1, Optional.empty(), Optional.empty()).records())
                .isEmpty();
        RunId run = started();
        apply(run, 1, 1, FailureCode.NOT_FOUND, null, FailureCode.ENCRYPTION);
        apply(run, 2, 4, FailureCode.NOT_FOUND);
        assertThat(all(Optional.empty()))
                .extracting(each -> each.rowKey() + " " + each.oldLocation().text() + " "
                        + each.failure().orElseThrow().code() + " "
                        + each.failure().orElseThrow().message())
                .containsExactly(
                        "1 legacy/1.png NOT_FOUND message 0",
                        "3 legacy/3.png ENCRYPTION message 2",
                        "4 legacy/4.png NOT_FOUND message 0");
        assertThat(all(Optional.of("ENCRYPTION")))
                .extracting(RecordedOutcome::rowKey)
                .containsExactly(RowKey.of("3"));
        assertThat(all(Optional.of("TOO_LARGE"))).isEmpty();
    }

    @Test
    default void everyOutcomeThatTheTotalsCountIsListed() {
        RunId run = started();
        apply(run, 1, 1, null, FailureCode.NOT_FOUND);
        apply(run, 2, 3, null, FailureCode.ENCRYPTION, null);
        requeue(order(90, run, FailureCode.NOT_FOUND));
        List<RecordedOutcome> outcomes = new ArrayList<>();
        Optional<BatchId> end = Optional.empty();
        do {
            RecordedOutcomes.Page page = catalog().catalog().recorded().page(1, end);
            outcomes.addAll(page.records());
            end = page.end();
        } while (end.isPresent());
        assertThat(outcomes)
                .extracting(each -> each.rowKey() + " " + each.result() + " "
                        + each.copy().map(RecordedOutcome.Copy::newLocation).orElse("-"))
                .containsExactly("1 MIGRATED new/1.png", "3 MIGRATED new/3.png", "4 FAILED -", "5 MIGRATED new/5.png");
        assertThat(outcomes)
                .hasSize((int) catalog().catalog().batches().totals(1).total());
        assertThat(outcomes.get(0).copy().orElseThrow().size().orElseThrow()).isEqualTo(100);
        assertThat(catalog().catalog().recorded().page(2, Optional.empty()).records())
                .isEmpty();
    }

    @Test
    default void failureWhoseBatchIsNotFinishedIsNotListed() {
        RunId run = started();
        Batch batch = new Batch(TestBatches.id(1), run, List.of(TestBatches.record(1)));
        catalog().catalog().outcomes().record(batch, List.of(new FailedRecord(0, FailureCode.NOT_FOUND, "gone")));
        assertThat(failures().groups(1)).isEmpty();
        assertThat(all(Optional.empty())).isEmpty();
        assertThat(requeue(order(90, run))).isZero();
    }

    @Test
    default void requeuedRecordsArePendingAgainAndCountOnceWhenTheyAreMigrated() {
        RunId run = started();
        apply(run, 1, 1, FailureCode.NOT_FOUND, null, FailureCode.ENCRYPTION);
        apply(run, 2, 4, FailureCode.NOT_FOUND);
        WorkSource work = CatalogUnderTest.table(catalog().catalog()).work();
        assertThat(work.requeued(1)).isZero();

        assertThat(requeue(order(90, run, FailureCode.NOT_FOUND))).isEqualTo(2);

        assertThat(work.requeued(1)).isEqualTo(2);
        assertThat(catalog().catalog().batches().totals(1))
                .isEqualTo(RecordTotals.NONE.withMigrated(1).withFailed(1));
        assertThat(new CatalogWalk(work).pass(1))
                .extracting(
                        each -> each.record().rowKey() + " " + each.failure().orElse("pending"))
                .containsExactly("1 pending", "3 ENCRYPTION", "4 pending");
        assertThat(failures().groups(1)).extracting(Group::code).containsExactly("ENCRYPTION");

        apply(run, 3, 1, (FailureCode) null);
        apply(run, 4, 4, FailureCode.ARCHIVED);
        assertThat(catalog().catalog().batches().totals(1))
                .isEqualTo(RecordTotals.NONE.withMigrated(2).withFailed(2));
        assertThat(all(Optional.empty()))
                .extracting(each -> each.rowKey() + " " + each.recording().attempts())
                .containsExactly("3 1", "4 2");
    }

    @Test
    default void requeueIsRecordedWithItsAuthorAndCanBeRepeated() {
        RunId run = started();
        apply(run, 1, 1, FailureCode.NOT_FOUND, FailureCode.ENCRYPTION);
        apply(run, 2, 3, FailureCode.NOT_FOUND);
        failures().requeue(order(90, run), Optional.empty());
        assertThat(requeue(order(90, run)))
                .as("continued after an interruption")
                .isLessThan(3);
        assertThat(requeue(order(91, run))).isZero();
        assertThat(failures().requeues(1))
                .extracting(each -> each.code() + " " + each.author() + " " + each.records())
                .containsExactly("Optional.empty ann@bastion 3");
        assertThat(failures().requeues(2)).isEmpty();
    }

    @Test
    default void batchThatIsAppliedAgainAfterARequeueKeepsItsTotals() {
        RunId run = started();
        apply(run, 1, 1, FailureCode.NOT_FOUND, null);
        requeue(order(90, run));
        ApplyResult again = CatalogUnderTest.table(catalog().catalog()).update().apply(TestBatches.id(1), 2);
        assertThat(again).isEqualTo(ApplyResult.applied(RecordTotals.NONE.withMigrated(1)));
    }

    @Test
    default void recordsOfACompleteRunAreNotRequeued() {
        RunId run = started();
        apply(run, 1, 1, FailureCode.NOT_FOUND);
        catalog().catalog().runs().complete(1, "done");
        assertThatThrownBy(() -> failures().requeue(order(90, run), Optional.empty()))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("isn't in progress");
        assertThat(catalog().catalog().batches().totals(1)).isEqualTo(RecordTotals.NONE.withFailed(1));
    }
}
