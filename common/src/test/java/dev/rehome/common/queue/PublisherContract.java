package dev.rehome.common.queue;

import static dev.rehome.common.batch.TestBatches.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.queue.QueueUnderTest.Place;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of a queue with its producer. */
interface PublisherContract extends QueueScenario {
    @Test
    default void emptyQueueHoldsNoScanState() {
        assertThat(publisher().lead(RUN)).isEqualTo(new ScanState(0, Optional.empty(), 0));
        assertThat(queue().contents()).isEmpty();
        assertThat(publisher().depth()).isEqualTo(new QueueDepth(0, 0, 0, 0, 0));
    }

    @Test
    default void recordsAreCountedAcrossPassesAndOnlyOnce() {
        published(1, 2);
        publish(2);
        publisher().publish(TestBatches.batch(3, 3, 4), RowKey.of("4"), 1);
        assertThat(publisher().records()).isEqualTo(new RecordCounts(4, 0));
        for (int batch = 1; batch <= 3; batch++) {
            queue().claimer("c").complete(claimed("c"));
        }
        assertThat(publisher().records()).isEqualTo(new RecordCounts(4, 4));
        publisher().finish(id(1));
        publisher().beginPass(2);
        assertThat(publisher().records()).isEqualTo(new RecordCounts(4, 3));
        queue().wipe();
        assertThat(publisher().records()).isEqualTo(new RecordCounts(0, 0));
    }

    @Test
    default void passBeginsAtTheStart() {
        published(1);
        assertThat(publisher().beginPass(2)).isTrue();
        assertThat(publisher().lead(RUN)).isEqualTo(new ScanState(2, Optional.empty(), 0));
        assertThat(queue().contents()).isEqualTo("pending 1");
    }

    @Test
    default void publishingMovesTheScanPosition() {
        published();
        assertThat(publisher().publish(TestBatches.batch(1, 3, 4), RowKey.of("9", "x"), 1))
                .isEqualTo(PublishResult.PUBLISHED);
        assertThat(queue().contents()).isEqualTo("pending 1");
        assertThat(publisher().lead(RUN)).isEqualTo(new ScanState(1, Optional.of(RowKey.of("9", "x")), 1));
    }

    @Test
    default void publishingTwiceChangesNothing() {
        published(1, 2);
        claimed("anyone");
        assertThat(publish(1)).isEqualTo(PublishResult.ALREADY_PUBLISHED);
        assertThat(publish(2)).isEqualTo(PublishResult.ALREADY_PUBLISHED);
        assertThat(queue().contents()).isEqualTo("pending 2, leased 1");
        assertThat(publisher().lead(RUN)).isEqualTo(new ScanState(1, Optional.of(RowKey.of("2")), 2));
    }

    @Test
    default void limitOfOpenBatchesCountsEveryContainer() {
        published(1, 2, 3, 4);
        queue().claimer("c").complete(claimed("c"));
        claimed("c");
        assertThat(publish(5)).isEqualTo(PublishResult.FULL);
        assertThat(queue().contents()).isEqualTo("pending 3 4, leased 2, copied 1");
        assertThat(publisher().lead(RUN).position()).contains(RowKey.of("4"));

        publisher().finish(id(1));
        assertThat(publish(5)).isEqualTo(PublishResult.PUBLISHED);
        assertThat(queue().contents()).isEqualTo("pending 3 4 5, leased 2");
    }

    @Test
    default void laterLeaderFencesOffTheEarlierOne() {
        published(1);
        queue().publisher("second").lead(RUN);
        assertThat(publish(2)).isEqualTo(PublishResult.FENCED);
        assertThat(publisher().beginPass(7)).isFalse();
        assertThat(publisher().finish(id(1))).isFalse();
        assertThat(queue().contents()).isEqualTo("pending 1");
        assertThat(queue().publisher("second").lead(RUN)).isEqualTo(new ScanState(1, Optional.of(RowKey.of("1")), 1));
    }

    @Test
    default void batchOfAnotherPassIsFencedOff() {
        published();
        publisher().beginPass(2);
        assertThat(publish(1)).isEqualTo(PublishResult.FENCED);
        assertThat(queue().contents()).isEmpty();
    }

    @Test
    default void queueThatLostItsDataFencesOffUntilItIsLedAgain() {
        published(1);
        queue().wipe();
        assertThat(publish(2)).isEqualTo(PublishResult.FENCED);
        assertThat(publisher().finish(id(1))).isFalse();
        assertThat(publisher().lead(RUN)).isEqualTo(new ScanState(0, Optional.empty(), 0));
    }

    @Test
    default void copiedBatchesAreListedOnlyToALeader() {
        published(1);
        queue().claimer("c").complete(claimed("c"));
        assertThat(queue().publisher("next").copied(9)).as("before it leads").isEmpty();
    }

    @Test
    default void copiedBatchesAreListedOldestFirstAndStay() {
        published(1, 2, 3);
        for (int i = 0; i < 3; i++) {
            queue().claimer("c").complete(claimed("c"));
        }
        assertThat(publisher().copied(2)).containsExactly(new CopiedBatch(id(1), 1), new CopiedBatch(id(2), 1));
        assertThat(publisher().copied(9)).hasSize(3);
        assertThat(queue().contents()).isEqualTo("copied 1 2 3");
    }

    @Test
    default void copiedBatchWithoutDataHasNoRecords() {
        published(1);
        queue().claimer("c").complete(claimed("c"));
        queue().forget(id(1));
        assertThat(publisher().copied(1)).containsExactly(new CopiedBatch(id(1), 0));
    }

    @Test
    default void finishDeletesABatchFromEveryContainer() {
        dead();
        publish(2);
        publish(3);
        publish(4);
        queue().claimer("c").complete(claimed("c"));
        claimed("c");
        assertThat(queue().contents()).isEqualTo("pending 4, leased 3, copied 2, dead 1");
        for (int each = 1; each <= 4; each++) {
            assertThat(publisher().finish(id(each))).isTrue();
            assertThat(publisher().finish(id(each))).as("repeated").isTrue();
        }
        assertThat(queue().contents()).isEmpty();
        assertThat(queue().reaper().payload(id(1))).isEmpty();
    }

    @Test
    default void requeueReturnsACopiedBatchToPending() {
        published(1, 2);
        queue().claimer("c").complete(claimed("c"));
        publisher().requeue(id(1), "rows missing");
        assertThat(queue().contents()).isEqualTo("pending 2 1");
        publisher().requeue(id(1), "again");
        publisher().requeue(id(9), "unknown");
        assertThat(queue().contents()).isEqualTo("pending 2 1");
    }

    @Test
    default void requeuedBatchWithoutPayloadBecomesADeadLetter() {
        published(1);
        queue().claimer("c").complete(claimed("c"));
        queue().forget(id(1));
        publisher().requeue(id(1), "rows missing");
        assertThat(queue().contents()).isEqualTo("dead 1");
    }

    @Test
    default void depthCountsEachContainer() {
        dead();
        publish(2);
        publish(3);
        queue().claimer("c").complete(claimed("c"));
        queue().put(id(9), Place.OPEN);
        assertThat(publisher().depth()).isEqualTo(new QueueDepth(1, 0, 1, 1, 4));
    }
}
