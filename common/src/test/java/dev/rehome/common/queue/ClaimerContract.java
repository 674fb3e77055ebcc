package dev.rehome.common.queue;

import static dev.rehome.common.batch.TestBatches.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.queue.QueueUnderTest.Place;
import org.junit.jupiter.api.Test;

/** What every queue must do for a consumer. */
interface ClaimerContract extends QueueScenario {
    @Test
    default void anEmptyQueueHasNothingToClaim() {
        assertThat(queue().claimer("c").claim()).isEmpty();
    }

    @Test
    default void theOldestIsClaimedFirst() {
        published(1, 2);
        Claim claim = queue().claimer("c").claim().orElseThrow();
        assertThat(claim).isEqualTo(new Claim(new Lease(id(1), "c", 1), batch(1), 1));
        assertThat(queue().contents()).isEqualTo("pending 2, leased 1");
        assertThat(claimed("d")).isEqualTo(new Lease(id(2), "d", 1));
        assertThat(queue().contents()).isEqualTo("leased 1 2");
        assertThat(queue().claimer("c").claim()).isEmpty();
    }

    @Test
    default void aBatchWithoutPayloadIsSetAsideAndNeverHandedOut() {
        published(1, 2);
        queue().forget(id(1));
        assertThat(queue().claimer("c").claim()).isEmpty();
        assertThat(queue().contents()).isEqualTo("pending 2, dead 1");
        assertThat(claimed("c").batch()).isEqualTo(id(2));
    }

    @Test
    default void aHeartbeatExtendsTheLease() {
        published(1, 2);
        Lease first = claimed("c");
        claimed("c");
        queue().expireLeases();
        assertThat(queue().claimer("c").heartbeat(first)).isTrue();
        queue().reaper().recover();
        assertThat(queue().contents()).isEqualTo("pending 2, leased 1");
    }

    @Test
    default void aHeartbeatBringsALostEntryBack() {
        published(1);
        Lease lease = claimed("c");
        queue().take(id(1), Place.LEASED);
        assertThat(queue().contents()).isEqualTo("open 1");
        assertThat(queue().claimer("c").heartbeat(lease)).isTrue();
        assertThat(queue().contents()).isEqualTo("leased 1");
    }

    @Test
    default void completeSendsTheBatchToTheUpdate() {
        published(1, 2);
        Lease lease = claimed("c");
        assertThat(queue().claimer("c").complete(lease)).isEqualTo(CompleteResult.DONE);
        assertThat(queue().contents()).isEqualTo("pending 2, copied 1");
        assertThat(queue().claimer("c").complete(lease)).isEqualTo(CompleteResult.ALREADY_DONE);
        assertThat(queue().contents()).isEqualTo("pending 2, copied 1");
    }

    @Test
    default void aLateCompleteCountsWhileNobodyElseHasTheBatch() {
        published(1);
        Lease lease = claimed("c");
        queue().expireLeases();
        assertThat(queue().claimer("c").complete(lease)).isEqualTo(CompleteResult.DONE);
        assertThat(queue().contents()).isEqualTo("copied 1");
    }

    @Test
    default void aRecoveredBatchIsLostToItsFormerHolder() {
        published(1);
        Lease former = claimed("c");
        queue().expireLeases();
        queue().reaper().recover();
        isLost(former, "pending 1");
    }

    @Test
    default void theSameConsumerIsToldFromItselfByTheEpoch() {
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
    default void anotherConsumersLeaseIsOfNoUse() {
        published(1);
        claimed("c");
        isLost(new Lease(id(1), "d", 1), "leased 1");
    }

    @Test
    default void aFinishedBatchIsLost() {
        published(1);
        Lease lease = claimed("c");
        publisher().finish(id(1));
        isLost(lease, "");
    }

    @Test
    default void aQueueThatLostItsDataHasLostEveryLease() {
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
    default void aCleanReleaseCountsNoAttempt() {
        published(1, 2);
        Lease lease = claimed("c");
        assertThat(queue().claimer("c").release(lease, false)).isTrue();
        assertThat(queue().contents()).isEqualTo("pending 2 1");
        assertThat(queue().claimer("c").heartbeat(lease)).isFalse();
        claimed("c");
        Claim again = queue().claimer("c").claim().orElseThrow();
        assertThat(again).isEqualTo(new Claim(new Lease(id(1), "c", 2), batch(1), 1));
    }

    @Test
    default void aReleaseThatCountsCountsTheAttempt() {
        published(1);
        assertThat(queue().claimer("c").release(claimed("c"), true)).isTrue();
        assertThat(queue().contents()).isEqualTo("pending 1");
        assertThat(queue().claimer("c").claim().orElseThrow().attempt()).isEqualTo(2);
    }

    @Test
    default void aReleaseThatCountsTheLastAttemptSetsTheBatchAside() {
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
