package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogIntervalTest {
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();
    private final LogInterval interval = new LogInterval(PERIOD, clock);

    private int lines(Duration time, Object state) {
        int lines = 0;
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            lines += interval.isDue(state, false) ? 1 : 0;
        }
        return lines;
    }

    @Test
    void lineIsDueOnceAPeriodWhileSomethingChanges() {
        for (int i = 0; i < 10; i++) {
            assertThat(lines(PERIOD, i)).isEqualTo(1);
        }
    }

    @Test
    void intervalDoublesUpToAnHourWhileNothingChanges() {
        // After 30 s, and after another 30 s, 1 min and 2 min.
        assertThat(lines(Duration.ofMinutes(4), "same")).isEqualTo(4);
        assertThat(lines(Duration.ofDays(7), "same")).isBetween(168, 175);
    }

    @Test
    void changeIsDueWithinAPeriodAfterALongSilence() {
        lines(Duration.ofHours(10), "same");
        assertThat(lines(PERIOD, "other")).isEqualTo(1);
    }

    @Test
    void lineThatCantWaitIsDueAtOnceAndCounts() {
        assertThat(interval.isDue("trouble", true)).isTrue();
        assertThat(lines(PERIOD.minusSeconds(1), "trouble")).isZero();
        assertThat(lines(Duration.ofSeconds(1), "trouble")).isEqualTo(1);
    }
}
