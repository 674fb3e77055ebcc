package dev.rehome.common.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.queue.FleetCopies.Tries;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The contract of a queue with the consumers that share one limit. */
interface FleetContract extends QueueScenario {
    private FleetCopies fleet() {
        return queue().fleet();
    }

    @Test
    default void burstIsATenthOfASecond() {
        assertThat(fleet().take(1_000_000, 100)).isEqualTo(10);
        assertThat(fleet().take(1_000_000, 100)).isLessThanOrEqualTo(10);
    }

    @Test
    default void slowLimitStillGivesOutOneAtATime() {
        assertThat(fleet().take(5, 1)).isOne();
        assertThat(fleet().take(5, 1)).isZero();
    }

    @Test
    default void noMoreThanWantedIsGivenOut() {
        assertThat(fleet().take(3, 100)).isEqualTo(3);
        assertThat(fleet().take(1_000_000, 100)).isBetween(7, 10);
    }

    @Test
    default void lowerLimitAppliesToWhatTheBucketHolds() {
        fleet().take(1, 10_000);
        assertThat(fleet().take(1_000_000, 10)).isOne();
    }

    @Test
    default void whatIsGivenOutStaysWithinTheLimitHoweverOftenConsumersAsk() {
        Instant begin = queue().time().instant();
        long granted = 0;
        for (int i = 0; i < 300; i++) {
            granted += fleet().take(7, 2_000);
        }
        Duration elapsed = Duration.between(begin, queue().time().instant());
        assertThat(granted).isBetween(200L, 200 + elapsed.toNanos() * 2_000 / 1_000_000_000 + 1);
    }

    @Test
    default void countsOfAllConsumersAddUp() {
        assertThat(fleet().lastMinute()).isEqualTo(Tries.NONE);
        fleet().ended(new Tries(90, 0));
        fleet().ended(new Tries(10, 7));
        assertThat(fleet().lastMinute()).isEqualTo(new Tries(100, 7));
    }
}
