package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.common.queue.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final Beats queue = new Beats();
    private final TestClock clock = new TestClock();
    private final ActiveLeases leases = new ActiveLeases(clock);
    private final Heartbeat heartbeat = new Heartbeat(queue, leases);

    @Test
    void leasesAreExtendedThreeTimesInTheirLength() {
        leases.add(lease(), clock.now().plusSeconds(60));
        leases.add(lease(), clock.now().plusSeconds(60));

        assertThat(heartbeat.run()).isEqualTo(Duration.ofSeconds(20));
        assertThat(queue.beaten).hasSize(2);
    }

    @Test
    void lostLeaseCancelsTheWorkAndIsNotExtendedAgain() {
        ActiveLease held = leases.add(lease(), clock.now().plusSeconds(60));
        queue.answer = false;
        heartbeat.run();
        heartbeat.run();

        assertThat(held.isLost()).isTrue();
        assertThat(held.isCancelled()).isTrue();
        assertThat(queue.beaten).hasSize(1);
    }

    @Test
    void cancelledWorkKeepsItsLeaseUntilItIsReleased() {
        leases.add(lease(), clock.now().plusSeconds(60)).cancel();

        heartbeat.run();

        assertThat(queue.beaten).hasSize(1);
    }

    @Test
    void failedHeartbeatIsRetriedSoonAndCancelsNothing() {
        ActiveLease held = leases.add(lease(), clock.now().plusSeconds(60));
        queue.silent = true;

        assertThat(heartbeat.run()).isLessThanOrEqualTo(Duration.ofMillis(500));
        assertThat(held.isCancelled()).isFalse();
    }

    @Test
    void leaseIsUncertainOnceItMayHaveExpiredUntilAHeartbeatSucceeds() {
        ActiveLease held = leases.add(lease(), clock.now().plusSeconds(60));
        clock.advance(Duration.ofSeconds(59));
        assertThat(held.isCertain()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(held.isCertain()).isFalse();
        assertThat(held.isCancelled()).isFalse();
        heartbeat.run();
        assertThat(held.isCertain()).isTrue();
    }

    private static Lease lease() {
        return new Lease(new BatchId(UUID.randomUUID()), "me", 1);
    }

    private static final class Beats implements BatchClaimer {
        private final List<Lease> beaten = new ArrayList<>();
        private boolean answer = true;
        private boolean silent;

        @Override
        public boolean heartbeat(Lease lease) {
            if (silent) {
                throw new Unavailable("silent", new IllegalStateException());
            }
            beaten.add(lease);
            return answer;
        }

        @Override
        public Optional<Claim> claim(RunId run) {
            throw new AssertionError("a heartbeat claims nothing");
        }

        @Override
        public Duration leaseTime() {
            return Duration.ofSeconds(60);
        }

        @Override
        public CompleteResult complete(Lease lease) {
            throw new AssertionError("a heartbeat completes nothing");
        }

        @Override
        public boolean release(Lease lease, boolean counts) {
            throw new AssertionError("a heartbeat releases nothing");
        }
    }
}
