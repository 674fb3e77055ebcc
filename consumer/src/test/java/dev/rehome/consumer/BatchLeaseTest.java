package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.queue.Claim;
import dev.rehome.consumer.BatchProcessing.ClaimResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a batch ends that is cancelled, lost or can't be processed. */
@Timeout(60)
class BatchLeaseTest {
    private final ConsumerInMemory consumer = new ConsumerInMemory();

    @Test
    void cancelledBatchStartsNoCopyAndIsReleased() {
        consumer.publish("old/1", "old/2");
        Claim claim = consumer.claim();
        ActiveLease lease = consumer.lease(claim);
        lease.cancel();

        assertThat(consumer.process(claim, lease)).isEqualTo(ClaimResult.RELEASED);

        assertThat(consumer.requested()).isEmpty();
        assertThat(consumer.depth().pending()).isEqualTo(1);
    }

    @Test
    void consumerThatResumesAfterItsLeaseExpiredCopiesNothing() {
        consumer.publish("old/1", "old/2");
        Claim claim = consumer.claim();
        ActiveLease lease = consumer.lease(claim);
        consumer.advance(ConsumerInMemory.LEASE);
        consumer.afterClockReads(20, lease::cancel);

        assertThat(consumer.process(claim, lease)).isEqualTo(ClaimResult.RELEASED);

        assertThat(consumer.requested()).isEmpty();
    }

    @Test
    void lostLeaseIsNoticedWhenTheBatchIsCompleted() {
        consumer.publish("old/1");
        Claim claim = consumer.claim();
        consumer.queue.wipe();

        assertThat(consumer.process(claim, consumer.lease(claim))).isEqualTo(ClaimResult.LOST);
    }

    @Test
    void consumerWithOtherSettingsReleasesTheBatchWithoutCountingTheAttempt() {
        consumer.publish("old/1");
        consumer.rejectOutcomes();

        for (int attempt = 0; attempt <= ConsumerInMemory.ATTEMPTS; attempt++) {
            assertThatThrownBy(consumer::process).isInstanceOf(Rejected.class);
        }

        assertThat(consumer.depth().pending()).isEqualTo(1);
    }

    @Test
    void copyThatFailsUnexpectedlyCountsUntilTheBatchIsADeadLetter() {
        consumer.publish("old/1");
        consumer.breakCopies();

        for (int attempt = 1; attempt <= ConsumerInMemory.ATTEMPTS; attempt++) {
            assertThat(consumer.process()).isEqualTo(ClaimResult.RELEASED);
        }

        assertThat(consumer.depth().dead()).isEqualTo(1);
    }
}
