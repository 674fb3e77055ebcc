package dev.rehome.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdaptiveConcurrencyLimitTest {
    private final TestClock time = new TestClock();
    private final AdaptiveConcurrencyLimit limit = new AdaptiveConcurrencyLimit(time, 16);
    private final List<Integer> ran = new ArrayList<>();

    @Test
    void workThatFindsNoRoomRunsWhenRoomComes() {
        for (int i = 0; i < 9; i++) {
            int number = i;
            limit.run(() -> ran.add(number));
        }
        assertThat(ran).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);

        limit.done(false);

        assertThat(ran).hasSize(9).last().isEqualTo(8);
        assertThat(limit.inFlight()).isEqualTo(8);
    }

    @Test
    void limitRisesByOneForEachRoundOfSuccessesUpToTheMost() {
        for (int round = 0; round < 200; round++) {
            limit.run(() -> {});
            limit.done(false);
        }

        assertThat(limit.current()).isEqualTo(16);
    }

    @Test
    void stormHalvesTheLimitOnceASecondAndNeverBelowFour() {
        throttled(50);
        assertThat(limit.current()).isEqualTo(4);

        time.advance(Duration.ofSeconds(1));
        throttled(50);
        assertThat(limit.current()).isEqualTo(4);
    }

    @Test
    void aStormAfterTheClockWasSetBackHalvesTheLimitToo() {
        AdaptiveConcurrencyLimit wide = new AdaptiveConcurrencyLimit(time, 64);
        throttled(wide, 1);
        time.advance(Duration.ofHours(-1));
        throttled(wide, 1);

        assertThat(wide.current()).isEqualTo(8);
    }

    @Test
    void limitRisesAgainAfterAStorm() {
        throttled(1);
        for (int round = 0; round < 30; round++) {
            limit.run(() -> {});
            limit.done(false);
        }

        assertThat(limit.current()).isGreaterThan(6);
    }

    private void throttled(int times) {
        throttled(limit, times);
    }

    private static void throttled(AdaptiveConcurrencyLimit limit, int times) {
        for (int i = 0; i < times; i++) {
            limit.run(() -> {});
            limit.done(true);
        }
    }
}
