package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.queue.FleetCopies;
import dev.rehome.common.queue.MemoryFleetCopies;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class CopyRateTest {
    private static final int LIMIT = 500;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestClock clock = new TestClock();
    private final MemoryFleetCopies fleet = new MemoryFleetCopies(clock);
    private final CopyRate rate = new CopyRate(fleet, clock);

    @Test
    void withoutALimitEveryCopyStarts() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(rate.tryTake()).isTrue();
        }
    }

    @Test
    void threeConsumersTogetherStayWithinTheMarginInEverySecond() {
        CopyRate[] consumers = {rate, new CopyRate(fleet, clock), new CopyRate(fleet, clock)};
        for (CopyRate each : consumers) {
            each.limit(LIMIT);
        }
        Deque<Duration> starts = new ArrayDeque<>();
        int total = 0;
        for (int millis = 0; millis < 5_000; millis++) {
            clock.advance(Duration.ofMillis(1));
            // They work in bursts, so that unused permits could accumulate.
            for (CopyRate each : consumers) {
                while (millis % 70 < 50 && each.tryTake()) {
                    starts.add(clock.now());
                    total++;
                }
            }
            while (!starts.isEmpty() && clock.now().minus(starts.peek()).compareTo(SECOND) >= 0) {
                starts.remove();
            }
            assertThat(starts.size()).isLessThanOrEqualTo(LIMIT + LIMIT / 5);
        }
        assertThat(total).as("starts in 5 s").isBetween(4 * LIMIT, 5 * LIMIT + LIMIT / 5);
    }

    @Test
    void slowestLimitStartsOneCopyASecond() {
        rate.limit(1);
        int started = 0;
        for (int i = 0; i < 1_000; i++) {
            started += rate.tryTake() ? 1 : 0;
            clock.advance(Duration.ofMillis(10));
        }
        assertThat(started).isBetween(9, 11);
    }

    @Test
    void changedLimitAppliesToTheNextCopy() {
        rate.limit(1);
        assertThat(rate.tryTake()).isTrue();
        assertThat(rate.tryTake()).isFalse();
        rate.limit(0);
        assertThat(rate.tryTake()).isTrue();
    }

    @Test
    void noCopyStartsWhileTheLimitCannotBeShared() {
        boolean[] away = {true};
        CopyRate alone = new CopyRate(
                new FleetCopies() {
                    @Override
                    public int take(int wanted, int perSecond) {
                        if (away[0]) {
                            throw new Unavailable("Redis is away");
                        }
                        return fleet.take(wanted, perSecond);
                    }

                    @Override
                    public void ended(Tries tries) {
                        fleet.ended(tries);
                    }

                    @Override
                    public Tries lastMinute() {
                        return fleet.lastMinute();
                    }
                },
                clock);
        alone.limit(LIMIT);
        assertThat(alone.tryTake()).isFalse();
        away[0] = false;
        assertThat(alone.tryTake()).as("asked again a second later").isFalse();
        clock.advance(SECOND);
        assertThat(alone.tryTake()).isTrue();
    }
}
