package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.MemoryBatchQueue;
import dev.rehome.producer.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PublishingTest {
    private static final RunId RUN = TestBatches.RUN;
    private static final int BATCH = 2;
    private static final int MAX_OPEN = 3;

    private final TestClock time = new TestClock();
    private final SplittableRandom random = new SplittableRandom(1);
    private final MemoryBatchQueue queue = new MemoryBatchQueue(time, Duration.ofSeconds(60), 5, MAX_OPEN);
    private final MemoryDatabase database =
            new MemoryDatabase(new TargetKeyRule("old", "new", KeyLayout.PREFIX), 3, time);
    private final MemoryCatalog catalog = database.open();
    private final Leadership leadership = new Leadership();
    private final List<String> claimed = new ArrayList<>();
    private String leading = "";
    private String throttled = "";
    private boolean finished;

    @Test
    void emptyTableIsFinishedAfterOnePass() {
        leadership.taken();

        steps(publishing("p", true), 5);

        assertThat(finished).isTrue();
    }

    @Test
    void nothingIsPublishedWithoutTheLock() {
        rows(4);

        steps(publishing("p", true), 10);

        assertThat(publisher("other").depth().open()).isZero();
    }

    @Test
    void publishingWaitsWhenAsManyBatchesAreOpenAsMayBe() {
        rows(20);
        leadership.taken();

        steps(publishing("p", true), 50);

        assertThat(publisher("other").depth().open()).isEqualTo(MAX_OPEN);
    }

    @Test
    void nothingIsReadOrPublishedWhileTheRunIsThrottled() {
        rows(4);
        leadership.taken();
        throttled = "replica r is 9.0 s behind";
        Publishing publishing = publishing("p", true);
        steps(publishing, 10);
        assertThat(publisher("look").depth().open()).isZero();

        throttled = "";
        work(publishing, 40);

        assertThat(finished).isTrue();
    }

    @Test
    void passThatPublishedIsFollowedByAnotherThatFindsWhatCameLate() {
        rows(4);
        leadership.taken();
        Publishing publishing = publishing("p", true);
        while (claimed.isEmpty()) {
            work(publishing, 1);
        }
        // Behind the scan's position, as a row that was committed late.
        put(0, "old/late");

        work(publishing, 40);

        assertThat(claimed).containsExactly("old/1", "old/2", "old/3", "old/4", "old/late");
        assertThat(finished).isTrue();
    }

    @Test
    void anotherStartGoesOnWhereThePositionStands() {
        rows(12);
        leadership.taken();
        steps(publishing("first", true), 4);
        long published = publisher("look").depth().open();
        assertThat(published).isPositive();

        Leadership second = new Leadership();
        second.taken();
        work(publishing("second", false, second), 80);

        assertThat(claimed).doesNotHaveDuplicates().hasSize(12);
        assertThat(finished).isTrue();
    }

    @Test
    void queueThatLosesAllIsFilledAgainFromTheTable() {
        rows(6);
        leadership.taken();
        Publishing publishing = publishing("p", true);
        steps(publishing, 6);
        queue.wipe();

        work(publishing, 80);

        assertThat(claimed).contains("old/1", "old/2", "old/3", "old/4", "old/5", "old/6");
        assertThat(finished).isTrue();
    }

    @Test
    void recordsReportedAsFailedAreTalliedAndNotPublishedAgain() {
        rows(2);
        leadership.taken();
        Publishing publishing = publishing("p", true);
        steps(publishing, 8);
        Claim claim = queue.claimer("c").claim(RUN).orElseThrow();
        catalog.outcomes()
                .record(
                        claim.batch(),
                        List.of(
                                new FailedRecord(0, FailureCode.NOT_FOUND, "gone"),
                                new FailedRecord(1, FailureCode.NOT_FOUND, "gone")));
        publisher("p").finish(claim.batch().id());

        work(publishing, 40);

        assertThat(claimed).isEmpty();
        assertThat(publishing.failures().counts()).containsEntry("NOT_FOUND", 2L);
        assertThat(finished).isTrue();
    }

    private Publishing publishing(String leader, boolean fresh) {
        return publishing(leader, fresh, leadership);
    }

    private Publishing publishing(String leader, boolean fresh, Leadership held) {
        leading = leader;
        return new Publishing(
                catalog.table().work(),
                publisher(leader),
                () -> BatchId.next(time, random),
                held,
                () -> throttled,
                new Progress(),
                RUN,
                fresh,
                BATCH,
                Duration.ZERO,
                () -> finished = true);
    }

    private BatchPublisher publisher(String leader) {
        return queue.publisher(leader);
    }

    private static void steps(Publishing publishing, int steps) {
        for (int i = 0; i < steps; i++) {
            publishing.run();
        }
    }

    /** Steps with a consumer and the bulk update beside them: what is published is migrated and forgotten. */
    private void work(Publishing publishing, int steps) {
        for (int i = 0; i < steps && !finished; i++) {
            publishing.run();
            Optional<Claim> claim = queue.claimer("c").claim(RUN);
            claim.ifPresent(this::migrate);
        }
    }

    private void migrate(Claim claim) {
        claim.batch().records().forEach(record -> {
            claimed.add(record.location());
            database.rows().put(record.rowKey(), "new/" + record.rowKey());
        });
        publisher(leading).finish(claim.batch().id());
    }

    private void rows(int count) {
        for (int id = 1; id <= count; id++) {
            put(id, "old/" + id);
        }
    }

    private void put(int id, String location) {
        database.rows().put(RowKey.of(Integer.toString(id)), location);
    }
}
