package dev.rehome.producer.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rehome.common.TestClock;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PacingTest {
    private static final int BATCH = 1_000;

    private final TestClock clock = new TestClock();
    private final SplittableRandom random = new SplittableRandom(7);
    private long done;

    /** One second in which a batch is applied with this chance. */
    private void second(Pacing pacing, double chance) {
        clock.advance(Duration.ofSeconds(1));
        if (random.nextDouble() < chance) {
            done += BATCH;
        }
        pacing.add(done, true);
    }

    @Test
    void expectationHardlyMovesAlthoughBatchesArriveInLumps() {
        Pacing pacing = new Pacing(clock, Duration.ZERO, 0);
        for (int i = 0; i < 300; i++) {
            second(pacing, 0.25);
        }
        double before = pacing.expected().orElseThrow();
        assertThat(before).isCloseTo(250, within(75.0));
        for (int i = 0; i < 600; i++) {
            second(pacing, 0.25);
            double now = pacing.expected().orElseThrow();
            assertThat(now).as("after second %d", i).isCloseTo(before, within(0.05 * before));
            before = now;
        }
    }

    @Test
    void nothingIsExpectedUntilSeveralBatchesAreApplied() {
        Pacing pacing = new Pacing(clock, Duration.ZERO, 0);
        for (int i = 0; i < 60; i++) {
            second(pacing, 0);
        }
        assertThat(pacing.expected()).isEmpty();
        second(pacing, 1);
        second(pacing, 1);
        assertThat(pacing.expected()).isEmpty();
        second(pacing, 1);
        assertThat(pacing.expected()).isPresent();
    }

    @Test
    void fiveMinutesWithoutABatchAreARateOfZero() {
        Pacing pacing = new Pacing(clock, Duration.ZERO, 0);
        for (int i = 0; i < 60; i++) {
            second(pacing, 1);
        }
        for (int i = 0; i < 310; i++) {
            second(pacing, 0);
        }
        assertThat(pacing.expected().orElseThrow()).isZero();
        assertThat(pacing.lastMinute()).isZero();
        assertThat(pacing.average()).isGreaterThan(100);
    }

    @Test
    void timeSpentWaitingIsNotCounted() {
        Pacing pacing = new Pacing(clock, Duration.ZERO, 0);
        for (int i = 0; i < 120; i++) {
            second(pacing, 1);
        }
        double before = pacing.expected().orElseThrow();
        clock.advance(Duration.ofHours(16));
        pacing.add(done, false);
        assertThat(pacing.expected().orElseThrow()).isCloseTo(before, within(50.0));
        assertThat(pacing.average()).isCloseTo(1_000, within(1.0));
        assertThat(pacing.worked()).isEqualTo(Duration.ofMinutes(2));
        assertThat(pacing.lastMinute()).isZero();
    }

    @Test
    void averageLeavesOutRecordsWhoseWorkingTimeWasLostWithTheQueue() {
        done = 3_000_000;
        Pacing pacing = new Pacing(clock, Duration.ZERO, done);
        for (int i = 0; i < 20; i++) {
            second(pacing, 1);
        }
        assertThat(pacing.average()).isCloseTo(BATCH, within(1.0));
    }

    @Test
    void restartedProducerExpectsTheAverageUntilItHasMeasured() {
        done = 60_000;
        Pacing pacing = new Pacing(clock, Duration.ofMinutes(10), done);
        assertThat(pacing.expected().orElseThrow()).isCloseTo(100, within(0.1));
        assertThat(pacing.lastMinute()).isZero();
        for (int i = 0; i < 90; i++) {
            second(pacing, 1);
        }
        assertThat(pacing.expected().orElseThrow()).isCloseTo(1_000, within(50.0));
        assertThat(pacing.lastMinute()).isCloseTo(1_000, within(1.0));
    }
}
