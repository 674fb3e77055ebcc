package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CopyTimesTest {
    private final TestClock clock = new TestClock();
    private final CopyTimes times = new CopyTimes(clock);

    @Test
    void quantilesAreWithinAClassOfTheTruth() {
        for (int millis = 1; millis <= 1_000; millis++) {
            times.add(Duration.ofMillis(millis));
        }
        assertThat(times.lastMinute().orElseThrow().p50().toMillis()).isBetween(500L, 600L);
        assertThat(times.lastMinute().orElseThrow().p99().toMillis()).isBetween(990L, 1_190L);
        assertThat(times.atMost(Duration.ofMillis(128))).isEqualTo(128);
        assertThat(times.count()).isEqualTo(1_000);
        assertThat(times.total()).isEqualTo(Duration.ofMillis(500_500));
    }

    @Test
    void fractionsOfAMillisecondAddUp() {
        times.add(Duration.ofNanos(500_000));
        times.add(Duration.ofNanos(500_000));
        assertThat(times.total()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void latencyForgetsWhatIsOlderThanAMinute() {
        times.add(Duration.ofMillis(10));
        clock.advance(CopyTimes.HALF);
        times.add(Duration.ofSeconds(100));
        assertThat(times.lastMinute().orElseThrow().p50()).isLessThan(Duration.ofMillis(12));
        clock.advance(CopyTimes.HALF);
        assertThat(times.lastMinute().orElseThrow().p50()).isGreaterThan(Duration.ofSeconds(99));
        clock.advance(CopyTimes.HALF.multipliedBy(2));
        assertThat(times.lastMinute()).isEmpty();
        assertThat(times.count()).isEqualTo(2);
    }
}
