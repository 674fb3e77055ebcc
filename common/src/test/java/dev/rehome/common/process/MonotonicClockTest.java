package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {
    @Test
    void systemClockMovesForwardFromZero() {
        MonotonicClock clock = MonotonicClock.system();
        Duration earlier = clock.now();
        assertThat(earlier).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        Duration later = clock.now();
        while (later.equals(earlier)) {
            later = clock.now();
        }
        assertThat(later).isGreaterThan(earlier);
    }
}
