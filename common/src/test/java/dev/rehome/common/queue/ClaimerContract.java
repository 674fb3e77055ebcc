package dev.rehome.common.queue;

import static dev.rehome.common.batch.TestBatches.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.queue.QueueUnderTest.Place;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The contract of a queue with its consumers. */
interface ClaimerContract extends QueueScenario {
    @Test
    default void emptyQueueHasNothingToClaim() {
        assertThat(queue().claimer("c").claim(RUN)).isEmpty();
    }

    @Test
    default void batchesOfAnotherRunAreNotHandedOut() {
        published(1);
        assertThat(queue().claimer("c").claim(RunId.start(1))).isEmpty();
        assertThat(queue().contents()).isEqualTo("pending 1");
    }

    @Test
    default void consumerOfAnotherMigrationIsRefusedWithTheSettingsThatDiffer() {
        published(1);
        assertThatThrownBy(() -> queue().stagingClaimer("s").claim(RunId.start(1)))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("DATABASE_HOST is 'production' there and 'staging' here")
                .message()
                .doesNotContain("DATABASE_NAME");
        assertThat(queue().contents()).isEqualTo("pending 1");
    }

    @Test
    default void consumerThatKnowsTheRunMaySpellSettingsDifferently() {
        published(1);
        assertThat(queue().stagingClaimer("s").claim(RUN)).isPresent();
    }

    @Test
    default void leaseTimeOfTheLeaderAppliesToEveryConsumer() {
        published();
        queue().publisher("long", Duration.ofMinutes(10)).lead(RUN);
        queue().publisher("long", Duration.ofMinutes(10)).publish(batch(1), RowKey.of("1"), 1);
        BatchClaimer consumer = queue().claimer("c");
        Lease lease = consumer.claim(RUN).orElseThrow().lease();
        assertThat(consumer.leaseTime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(queue().leaseLeft(id(1))).isBetween(Duration.ofSeconds(590), Duration.ofMinutes(10));

        queue().publisher("short", Duration.ofSeconds(6)).lead(RUN);
        assertThat(consumer.heartbeat(lease)).isTrue();
        assertThat(consumer.leaseTime()).isEqualTo(Duration.ofSeconds(6));
        assertThat(queue().leaseLeft(id(1))).isLessThanOrEqualTo(Duration.ofSeconds(6));
    }

    @Test
    default void oldestBatchIsClaimedFirst() {
        published(1, 2);
        Claim claim = queue().claimer("c").claim(RUN).orElseThrow();
        assertThat(claim).isEqualTo(new Claim(new Lease(id(1), "c", 1), batch(1), 1));
        assertThat(queue().contents()).isEqualTo("pending 2, leased 1");
        assertThat(claimed("d")).isEqualTo(new Lease(id(2), "d", 1));
        assertThat(queue().contents()).isEqualTo("leased 1 2");
        assertThat(queue().claimer("c").claim(RUN)).isEmpty();
    }

    @Test
    default void batchWithoutPayloadBecomesADeadLetterAndIsNotHandedOut() {
        published(1, 2);
        queue().forget(id(1));
        assertThat(queue().claimer("c").claim(RUN)).isEmpty();
        assertThat(queue().contents()).isEqualTo("pending 2, dead 1");
        assertThat(claimed("c").batch()).isEqualTo(id(2));
    }

    @Test
    default void heartbeatExtendsTheLease() {
        published(1, 2);
        Lease first = claimed("c");
        claimed("c");
        queue().expireLeases();
        assertThat(queue().claimer("c").heartbeat(first)).isTrue();
        queue().reaper().recover();
        assertThat(queue().contents()).isEqualTo("pending 2, leased 1");
    }

    @Test
    default void heartbeatRestoresALostEntry() {
        published(1);
        Lease lease = claimed("c");
        queue().take(id(1), Place.LEASED);
        assertThat(queue().contents()).isEqualTo("open 1");
        assertThat(queue().claimer("c").heartbeat(lease)).isTrue();
        assertThat(queue().contents()).isEqualTo("leased 1");
    }

    @Test
    default void completedBatchWaitsForTheUpdate() {
        published(1, 2);
        Lease lease = claimed("c");
        assertThat(queue().claimer("c").complete(lease)).isEqualTo(CompleteResult.DONE);
        assertThat(queue().contents()).isEqualTo("pending 2, copied 1");
        assertThat(queue().claimer("c").complete(lease)).isEqualTo(CompleteResult.ALREADY_DONE);
        assertThat(queue().contents()).isEqualTo("pending 2, copied 1");
    }

    @Test
    default void lateCompleteSucceedsWhileNobodyElseHoldsTheBatch() {
        published(1);
        Lease lease = claimed("c");
        queue().expireLeases();
        assertThat(queue().claimer("c").complete(lease)).isEqualTo(CompleteResult.DONE);
        assertThat(queue().contents()).isEqualTo("copied 1");
    }

    @Test
    default void recoveredBatchIsLostToItsFormerHolder() {
        published(1);
        Lease former = claimed("c");
        queue().expireLeases();
        queue().reaper().recover();
        isLost(former, "pending 1");
    }

    @Test
    default void laterClaimByTheSameConsumerFencesOffItsEarlierOne() {
        published(1);
        Lease former = claimed("c");
        queue().expireLeases();
        queue().reaper().recover();
        Lease present = claimed("c");
        assertThat(present).isEqualTo(new Lease(id(1), "c", 2));
        isLost(former, "leased 1");
        queue().claimer("c").complete(present);
        isLost(former, "copied 1");
    }

    @Test
    default void leaseOfAnotherConsumerIsLost() {
        published(1);
        claimed("c");
        isLost(new Lease(id(1), "d", 1), "leased 1");
    }

    @Test
    default void finishedBatchIsLost() {
        published(1);
        Lease lease = claimed("c");
        publisher().finish(id(1));
        isLost(lease, "");
    }

    @Test
    default void queueThatLostItsDataHasLostEveryLease() {
        published(1);
        Lease lease = claimed("c");
        queue().wipe();
        isLost(lease, "");
    }

    private void isLost(Lease lease, String contents) {
        BatchClaimer consumer = queue().claimer(lease.owner());
        assertThat(consumer.heartbeat(lease)).isFalse();
        assertThat(consumer.complete(lease)).isEqualTo(CompleteResult.LOST);
        assertThat(consumer.release(lease, false)).isFalse();
        assertThat(consumer.release(lease, true)).isFalse();
        assertThat(queue().contents()).isEqualTo(contents);
    }

    @Test
    default void cleanReleaseCountsNoAttempt() {
        published(1, 2);
        Lease lease = claimed("c");
        assertThat(queue().claimer("c").release(lease, false)).isTrue();
        assertThat(queue().contents()).isEqualTo("pending 2 1");
        assertThat(queue().claimer("c").heartbeat(lease)).isFalse();
        claimed("c");
        Claim again = queue().claimer("c").claim(RUN).orElseThrow();
        assertThat(again).isEqualTo(new Claim(new Lease(id(1), "c", 2), batch(1), 1));
    }

    @Test
    default void releaseThatCountsKeepsTheAttempt() {
        published(1);
        assertThat(queue().claimer("c").release(claimed("c"), true)).isTrue();
        assertThat(queue().contents()).isEqualTo("pending 1");
        assertThat(queue().claimer("c").claim(RUN).orElseThrow().attempt()).isEqualTo(2);
    }

    @Test
    default void releaseThatCountsTheLastAttemptMakesADeadLetter() {
        published(1);
        for (int attempt = 1; attempt < QueueUnderTest.MAX_ATTEMPTS; attempt++) {
            queue().claimer("c").release(claimed("c"), true);
            queue().claimer("c").release(claimed("c"), false);
        }
        assertThat(queue().contents()).isEqualTo("pending 1");
        assertThat(queue().claimer("c").release(claimed("c"), true)).isTrue();
        assertThat(queue().contents()).isEqualTo("dead 1");
    }
}
