package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.FailureLedger.RequeueOrder;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.producer.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PublishingTest {
    private static final int BATCH = 2;
    private static final int MAX_IDLE_PASSES = 3;

    private final MemoryMigration migration = new MemoryMigration();
    private final Leadership leadership = new Leadership();
    private final Progress progress = new Progress();
    private final List<String> claimed = new ArrayList<>();
    private String throttled = "";
    private PublishingBound bound = PublishingBound.none();
    private long done;

    @Test
    void emptyTableEndsTheRunAfterOnePass() {
        leadership.taken();
        Publishing publishing = publishing();

        steps(publishing, 5);

        assertThat(publishing.result()).contains(Publishing.Result.COMPLETE);
    }

    @Test
    void nothingIsPublishedWithoutTheLock() {
        migration.withRows(4);

        steps(publishing(), 10);

        assertThat(depth().open()).isZero();
    }

    @Test
    void fullQueueStopsPublishing() {
        migration.withRows(20);
        leadership.taken();

        steps(publishing(), 50);

        assertThat(depth().open()).isEqualTo(MemoryMigration.MAX_OPEN);
    }

    @Test
    void nothingIsReadOrPublishedWhileTheRunIsThrottled() {
        migration.withRows(4);
        leadership.taken();
        throttled = "replica r lags 9.0 s";
        Publishing publishing = publishing();
        steps(publishing, 10);
        assertThat(depth().open()).isZero();

        throttled = "";
        work(publishing, 40);

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
    void restartedProducerResumesTheScan() {
        migration.withRows(12);
        leadership.taken();
        steps(publishing(), 4);
        assertThat(depth().open()).isPositive();

        Leadership second = new Leadership();
        second.taken();
        Publishing resumed = publishing(true, second);
        work(resumed, 80);

        assertThat(claimed).doesNotHaveDuplicates().hasSize(12);
        assertThat(resumed.result()).contains(Publishing.Result.COMPLETE);
    }

    @Test
    void queueThatLosesItsDataIsFilledAgainFromTheTable() {
        migration.withRows(6);
        leadership.taken();
        Publishing publishing = publishing();
        steps(publishing, 6);
        migration.queue.wipe();

        work(publishing, 80);

        assertThat(claimed).contains("old/1", "old/2", "old/3", "old/4", "old/5", "old/6");
        assertThat(publishing.result()).contains(Publishing.Result.COMPLETE);
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

    @Test
    void boundEndsTheRunAfterExactlySoManyRecords() {
        migration.withRows(9);
        bound = PublishingBound.of(3, () -> done);
        leadership.taken();

        Publishing publishing = publishing();
        work(publishing, 50, this::migrateAndCount);

        assertThat(publishing.result()).contains(Publishing.Result.BOUND_REACHED);
        assertThat(claimed).containsExactly("old/1", "old/2", "old/3");
    }

    @Test
    void boundCountsWhatAnotherProcessPublished() {
        migration.withRows(9);
        bound = PublishingBound.of(5, () -> done);
        leadership.taken();
        Publishing killed = publishing();
        steps(killed, 4);
        assertThat(depth().open()).as("batches left behind").isPositive();

        Leadership next = new Leadership();
        next.taken();
        bound = PublishingBound.of(5, () -> done);
        Publishing resumed = publishing(true, next);
        steps(resumed, 10);
        assertThat(resumed.result()).as("batches are open").isEmpty();
        work(resumed, 50, this::migrateAndCount);

        assertThat(resumed.result()).contains(Publishing.Result.BOUND_REACHED);
        assertThat(claimed).containsExactly("old/1", "old/2", "old/3", "old/4", "old/5");
    }

    @Test
    void boundHoldsAfterTheQueueLostABatch() {
        migration.withRows(9);
        bound = PublishingBound.of(3, () -> done);
        leadership.taken();
        Publishing publishing = publishing();
        steps(publishing, 3);
        migration.queue.wipe();

        work(publishing, 80, this::migrateAndCount);

        assertThat(publishing.result()).contains(Publishing.Result.BOUND_REACHED);
        assertThat(done).isEqualTo(3);
        assertThat(migration.locations())
                .filteredOn(location -> location.startsWith("new/"))
                .hasSize(3);
    }

    private void migrateAndCount(Claim claim) {
        migrate(claim);
        done += claim.batch().size();
    }

    private Publishing publishing() {
        return publishing(false, leadership);
    }

    private Publishing publishing(boolean resumed, Leadership held) {
        return publishing(MemoryMigration.RUN, resumed, held);
    }

    private Publishing publishing(RunId run, boolean resumed, Leadership held) {
        return new Publishing(
                migration.catalog.table().work(),
                migration.queue.publisher(MemoryMigration.PRODUCER, other -> false),
                migration.ids(),
                held,
                () -> throttled,
                progress,
                new Publishing.Settings(run, resumed, BATCH, Duration.ZERO, MAX_IDLE_PASSES, bound));
    }

    private QueueDepth depth() {
        return migration.queue.publisher("observer", run -> false).depth();
    }

    private static void steps(Publishing publishing, int steps) {
        for (int i = 0; i < steps; i++) {
            publishing.run();
        }
    }

    /** Publishes with a consumer and the bulk update beside it. */
    private void work(Publishing publishing, int steps) {
        work(publishing, steps, this::migrate);
    }

    private void work(Publishing publishing, int steps, Consumer<Claim> consumer) {
        for (int i = 0; i < steps && publishing.result().isEmpty(); i++) {
            publishing.run();
            Optional<Claim> claim = migration.claim();
            claim.ifPresent(found -> {
                found.batch().records().forEach(record -> claimed.add(record.location()));
                consumer.accept(found);
            });
        }
    }

    private void migrate(Claim claim) {
        claim.batch()
                .records()
                .forEach(record -> migration.database.rows().put(record.rowKey(), "new/" + record.rowKey()));
        finish(claim, RecordTotals.NONE.withMigrated(claim.batch().size()));
    }

    private void finish(Claim claim, RecordTotals totals) {
        progress.applied(claim.batch().id(), totals);
        migration
                .queue
                .publisher(MemoryMigration.PRODUCER, run -> false)
                .finish(claim.batch().id());
    }
}
