package dev.rehome.consumer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.FleetCopies;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This consumer's share of the copies that the fleet may start per second. It takes a twentieth of a second's worth at a
 * time and forgets what it hasn't used after a tenth of a second, so that starts can't gather and exceed the limit later.
 * Safe for use by any thread.
 */
final class CopyRate implements AdaptiveConcurrencyLimit.Rate {
    private static final Logger LOG = LoggerFactory.getLogger(CopyRate.class);
    private static final int TAKES_PER_SECOND = 20;
    private static final Duration KEPT = Duration.ofMillis(100);
    private static final Duration ASK_AGAIN = Duration.ofMillis(10);
    private static final Duration TROUBLE = Duration.ofSeconds(1);

    private final FleetCopies fleet;
    private final MonotonicClock clock;
    private volatile int perSecond;
    private int granted;
    private Duration until = Duration.ZERO;
    private Duration askAt = Duration.ZERO;

    CopyRate(FleetCopies fleet, MonotonicClock clock) {
        this.fleet = fleet;
        this.clock = clock;
    }

    /** Sets the fleet's limit in copies per second; 0 for none. */
    synchronized void limit(int copiesPerSecond) {
        if (copiesPerSecond != perSecond) {
            perSecond = copiesPerSecond;
            granted = 0;
            askAt = Duration.ZERO;
        }
    }

    @Override
    public int perSecond() {
        return perSecond;
    }

    @Override
    public synchronized boolean tryTake() {
        if (perSecond == 0) {
            return true;
        }
        Duration now = clock.now();
        if (granted == 0 || now.compareTo(until) >= 0) {
            granted = 0;
            if (now.compareTo(askAt) < 0) {
                return false;
            }
            take(now);
        }
        if (granted == 0) {
            return false;
        }
        granted--;
        return true;
    }

    private void take(Duration now) {
        try {
            granted = fleet.take(Math.max(1, perSecond / TAKES_PER_SECOND), perSecond);
            // Counted from before the call: its reply may have been delayed.
            until = now.plus(KEPT);
            askAt = granted == 0 ? now.plus(ASK_AGAIN) : now;
        } catch (Unavailable trouble) {
            LOG.warn("{}; no copy starts until MAX_COPIES_PER_SECOND can be shared again", trouble.getMessage());
            askAt = clock.now().plus(TROUBLE);
        }
    }
}
