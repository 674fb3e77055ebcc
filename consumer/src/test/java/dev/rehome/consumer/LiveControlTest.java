package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.MemoryFleetCopies;
import dev.rehome.common.queue.MemoryOperatorControl;
import dev.rehome.consumer.AdaptiveConcurrencyLimit.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveControlTest {
    private final TestClock clock = new TestClock();
    private final MemoryOperatorControl queue = new MemoryOperatorControl(clock);
    private final MemoryFleetCopies fleet = new MemoryFleetCopies(clock);
    private final CopyLimits limits = new CopyLimits(fleet, clock, 64, 0);
    private final List<ControlState> changes = new ArrayList<>();
    private int stops;
    private final LiveControl control = started();

    private LiveControl started() {
        return new LiveControl(
                queue::state,
                clock,
                state -> {
                    changes.add(state);
                    limits.apply(state);
                },
                () -> stops++);
    }

    private Optional<Hold> later() {
        clock.advance(Duration.ofSeconds(1));
        return control.hold();
    }

    @Test
    void changesAreHandedOverOnceEach() {
        control.hold();
        queue.set("COPY_CONCURRENCY", "8", "ann");
        later();
        later();
        assertThat(changes).extracting(ControlState::revision).containsExactly(0L, 1L);
    }

    @Test
    void stopEndsAConsumerThatRuns() {
        control.hold();
        queue.stop("too many failures", "limit");
        assertThat(later()).map(Hold::isStop).contains(true);
        queue.stopped("producer");
        later();
        assertThat(stops).isOne();
    }

    @Test
    void consumerThatStartsDuringAStopWaitsForItsEnd() {
        queue.stop("too many failures", "limit");
        queue.stopped("producer");
        assertThat(control.hold()).isPresent();
        queue.resume("producer");
        assertThat(later()).isEmpty();
        assertThat(stops).isZero();
    }

    @Test
    void queueThatLostItsDataEndsNoPauseUntilItIsRestored() {
        queue.pause("deploy", "ann");
        control.hold();
        ControlState saved = queue.state();
        queue.wipe();
        assertThat(later()).isPresent();
        queue.restore(saved, List.of());
        queue.resume("ann");
        assertThat(later()).isEmpty();
    }

    @Test
    void stateThatNobodyRestoresIsGivenUpAfterAWhile() {
        queue.pause("deploy", "ann");
        control.hold();
        queue.wipe();
        clock.advance(LiveControl.KEPT);
        assertThat(control.hold()).isEmpty();
    }

    @Test
    void liveConcurrencyLowersTheLimitAndUnsetRaisesItAgain() {
        queue.set("COPY_CONCURRENCY", "2", "ann");
        control.hold();
        assertThat(limits.concurrency().current()).isEqualTo(2);
        queue.unset("COPY_CONCURRENCY", "ann");
        later();
        for (int i = 0; i < 10_000; i++) {
            limits.concurrency().tryAcquire(Duration.ZERO);
            limits.concurrency().release(End.SUCCEEDED);
        }
        assertThat(limits.concurrency().current()).isEqualTo(64);
    }

    @Test
    void liveRateHoldsCopiesBack() {
        queue.set("MAX_COPIES_PER_SECOND", "1", "ann");
        control.hold();
        assertThat(limits.concurrency().tryAcquire(Duration.ZERO)).isTrue();
        assertThat(limits.concurrency().tryAcquire(Duration.ZERO)).isFalse();
        assertThat(limits.concurrency().inFlight()).isOne();
    }

    @Test
    void endedCopiesAreCountedForTheFleet() {
        limits.concurrency().tryAcquire(Duration.ZERO);
        limits.concurrency().tryAcquire(Duration.ZERO);
        limits.concurrency().release(End.SUCCEEDED);
        limits.concurrency().release(End.THROTTLED);
        limits.report();
        limits.report();
        assertThat(fleet.lastMinute().all()).isEqualTo(2);
        assertThat(fleet.lastMinute().throttled()).isOne();
    }
}
