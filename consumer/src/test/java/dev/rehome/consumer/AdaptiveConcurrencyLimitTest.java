package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.consumer.AdaptiveConcurrencyLimit.End;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AdaptiveConcurrencyLimitTest {
    private final TestClock clock = new TestClock();
    private final AdaptiveConcurrencyLimit limit = new AdaptiveConcurrencyLimit(clock, 16);

    @Test
    void startsAtHalfAndGivesNoMorePermitsThanTheLimit() {
        for (int permit = 0; permit < 8; permit++) {
            assertThat(limit.tryAcquire(Duration.ZERO)).isTrue();
        }
        assertThat(limit.tryAcquire(Duration.ofMillis(1))).isFalse();
        limit.release(End.FAILED);
        assertThat(limit.tryAcquire(Duration.ZERO)).isTrue();
    }

    @Test
    @Timeout(120)
    void waitingThreadGetsThePermitThatIsReleased() throws InterruptedException {
        for (int permit = 0; permit < 8; permit++) {
            limit.tryAcquire(Duration.ZERO);
        }
        CountDownLatch acquired = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            while (!limit.tryAcquire(Duration.ofSeconds(20))) {
                Thread.onSpinWait();
            }
            acquired.countDown();
        });
        waiting.start();
        limit.release(End.FAILED);
        assertThat(acquired.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(limit.inFlight()).isEqualTo(8);
    }

    @Test
    void exchangedPermitCountsAsInFlight() {
        for (int permit = 0; permit < 8; permit++) {
            limit.tryAcquire(Duration.ZERO);
        }
        assertThat(limit.exchange(End.SUCCEEDED)).isTrue();
        assertThat(limit.inFlight()).isEqualTo(8);
    }

    @Test
    void permitIsReturnedInsteadOfExchangedWhileTheLimitIsLower() {
        for (int permit = 0; permit < 8; permit++) {
            limit.tryAcquire(Duration.ZERO);
        }
        assertThat(limit.exchange(End.THROTTLED)).isFalse();
        while (limit.inFlight() > 4) {
            assertThat(limit.exchange(End.FAILED)).isFalse();
        }
        assertThat(limit.exchange(End.FAILED)).isTrue();
    }

    @Test
    void successesRaiseTheLimitUpToTheMost() {
        end(200, End.SUCCEEDED);
        assertThat(limit.current()).isEqualTo(16);
    }

    @Test
    void failuresDoNotRaiseTheLimit() {
        end(200, End.FAILED);
        assertThat(limit.current()).isEqualTo(8);
    }

    @Test
    void throttlingHalvesTheLimitOnceASecondButNeverBelowFour() {
        AdaptiveConcurrencyLimit wide = new AdaptiveConcurrencyLimit(clock, 64);
        end(wide, 50, End.THROTTLED);
        assertThat(wide.current()).isEqualTo(16);
        for (int second = 0; second < 10; second++) {
            clock.advance(Duration.ofSeconds(1));
            end(wide, 50, End.THROTTLED);
        }
        assertThat(wide.current()).isEqualTo(4);
    }

    @Test
    void limitRisesAgainAfterThrottling() {
        end(1, End.THROTTLED);
        assertThat(limit.current()).isEqualTo(4);
        end(30, End.SUCCEEDED);
        assertThat(limit.current()).isGreaterThan(6);
    }

    private void end(int times, End end) {
        end(limit, times, end);
    }

    private static void end(AdaptiveConcurrencyLimit limit, int times, End end) {
        for (int i = 0; i < times; i++) {
            limit.tryAcquire(Duration.ZERO);
            limit.release(end);
        }
    }
}
