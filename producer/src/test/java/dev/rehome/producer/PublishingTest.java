package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is published, and when nothing is. */
class PublishingTest extends PublishingFixture {
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
}
