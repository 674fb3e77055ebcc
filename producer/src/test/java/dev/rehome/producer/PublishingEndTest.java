package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.FailureLedger.RequeueOrder;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.queue.Claim;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which pass is the last one, and how the run ends. */
class PublishingEndTest extends PublishingFixture {
    @Test
    void emptyTableEndsTheRunAfterOnePass() {
        leadership.taken();
        Publishing publishing = publishing();

        steps(publishing, 5);

        assertThat(publishing.result()).contains(Publishing.Result.COMPLETE);
    }

    @Test
    void nextPassFindsTheRecordThatAppearedAtAKeyAlreadyPassed() {
        migration.withRows(4);
        leadership.taken();
        Publishing publishing = publishing();
        while (claimed.isEmpty()) {
            work(publishing, 1);
        }
        migration.put(0, "old/late");

        work(publishing, 40);

        assertThat(claimed).containsExactly("old/1", "old/2", "old/3", "old/4", "old/late");
        assertThat(publishing.result()).contains(Publishing.Result.COMPLETE);
    }

    @Test
    void runDoesNotEndWhenFailedRecordsAreRequeuedDuringItsLastPass() {
        migration.withRows(2);
        leadership.taken();
        RunId run = migration.catalog.runs().startOrResume(Optional.empty()).id();
        migration.catalog.lock().acquire(Duration.ZERO);
        Publishing publishing = publishing(run, false, leadership);
        while (publishing.failures().total() < 2) {
            work(publishing, 1, claim -> {
                migration.fail(claim);
                apply(claim);
            });
        }
        assertThat(publishing.result()).as("the last pass isn't over").isEmpty();
        RequeueOrder order = new RequeueOrder(TestBatches.id(90), run, Optional.empty(), "ann");
        assertThat(migration.catalog.failures().requeue(order, Optional.empty()).records())
                .isEqualTo(2);

        work(publishing, 40, claim -> {
            migration.copy(claim);
            apply(claim);
        });

        assertThat(publishing.result()).contains(Publishing.Result.COMPLETE);
        assertThat(migration.locations()).containsExactly("new/1", "new/2");
        assertThat(migration.catalog.batches().totals(1)).isEqualTo(RecordTotals.NONE.withMigrated(2));
    }

    private void apply(Claim claim) {
        finish(
                claim,
                migration
                        .catalog
                        .table()
                        .update()
                        .apply(claim.batch().id(), claim.batch().size())
                        .totals());
    }

    @Test
    void failedRecordsAreSummarizedAndNotPublishedAgain() {
        migration.withRows(2);
        leadership.taken();
        Publishing publishing = publishing();
        steps(publishing, 8);
        Claim claim = migration.claim().orElseThrow();
        migration.fail(claim);
        migration.catalog.batches().recordDeadLetter(claim.batch().id());
        finish(claim, RecordTotals.NONE.withFailed(2));

        work(publishing, 40);

        assertThat(claimed).isEmpty();
        assertThat(publishing.failures().counts()).containsEntry("NOT_FOUND", 2L);
        assertThat(publishing.result()).contains(Publishing.Result.COMPLETE);
    }

    @Test
    void passesThatMoveNothingEndTheRun() {
        migration.withRows(4);
        leadership.taken();
        Publishing publishing = publishing();

        work(
                publishing,
                200,
                claim -> finish(
                        claim, RecordTotals.NONE.withChanged(claim.batch().size())));

        assertThat(publishing.result()).contains(Publishing.Result.NO_PROGRESS);
        assertThat(publishing.lastIdlePass())
                .isEqualTo("pass 3 found 4 records, the same as the pass before: 0 migrated, 4 changed and 0 deleted by"
                        + " the application, 0 failed");
        assertThat(claimed).as("three passes").hasSize(12);
    }

    @Test
    void passesWhoseUpdatesAreUndoneEndTheRun() {
        migration.withRows(4);
        leadership.taken();
        Publishing publishing = publishing();

        work(
                publishing,
                400,
                claim -> finish(
                        claim, RecordTotals.NONE.withMigrated(claim.batch().size())));

        assertThat(publishing.result()).contains(Publishing.Result.NO_PROGRESS);
        assertThat(publishing.lastIdlePass()).contains("the same as the pass before: 4 migrated");
        assertThat(claimed).as("one pass with progress, three without").hasSize(16);
    }

    @Test
    void passThatMovesARecordStartsTheCountOfIdlePassesAgain() {
        migration.withRows(5);
        leadership.taken();
        Publishing publishing = publishing();
        // Every second pass migrates the last row that is left; the others migrate none.
        work(publishing, 800, claim -> {
            SourceRecord last = claim.batch().records().get(claim.batch().size() - 1);
            boolean moves = progress.snapshot().pass() % 2 == 0 && isLastLegacy(last);
            if (moves) {
                migration.database.rows().put(last.rowKey(), "new/x");
            }
            finish(claim, RecordTotals.NONE.withMigrated(moves ? 1 : 0));
        });

        assertThat(publishing.result()).contains(Publishing.Result.COMPLETE);
    }

    private boolean isLastLegacy(SourceRecord record) {
        return migration.database.rows().entrySet().stream()
                .filter(row -> row.getValue().startsWith("old/"))
                .reduce((first, second) -> second)
                .filter(row -> row.getKey().equals(record.rowKey()))
                .isPresent();
    }
}
