package dev.rehome.consumer;

import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.FleetCopies;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The number of copies that may be in flight: it rises by one for each full round of successes and halves when the store
 * asks for fewer requests (additive increase, multiplicative decrease, as in TCP). Safe for use by any thread.
 */
final class AdaptiveConcurrencyLimit {
    /** How a copy ended. */
    enum End {
        SUCCEEDED,
        FAILED,
        THROTTLED
    }

    /** Limits the copies that start per second; by itself it permits any number. */
    interface Rate {
        /** Takes the start of one copy if one is left. Doesn't wait, except for a call to the queue. */
        default boolean tryTake() {
            return true;
        }

        /** How many copies may start per second in all consumers together; 0 for any number. Never waits. */
        default int perSecond() {
            return 0;
        }
    }

    private static final Rate UNLIMITED = new Rate() {};

    private static final int LEAST = 4;
    /** Many copies are throttled at the same moment; together they halve the limit once. */
    private static final Duration BETWEEN_CUTS = Duration.ofSeconds(1);

    private static final Duration CUT_MATTERS = Duration.ofMinutes(1);

    private final MonotonicClock clock;
    private final Rate rate;
    private int most;
    private FleetCopies.Tries ended = FleetCopies.Tries.NONE;
    private double limit;
    private int inFlight;
    private Duration lastCut;
    private boolean everCut;

    /** Starts at half of {@code most}; any number of copies may start per second. */
    AdaptiveConcurrencyLimit(MonotonicClock clock, int most) {
        this(clock, most, UNLIMITED);
    }

    /** The same with a rate. */
    AdaptiveConcurrencyLimit(MonotonicClock clock, int most, Rate rate) {
        this.clock = clock;
        this.most = most;
        this.rate = rate;
        this.limit = Math.max(Math.min(LEAST, most), most / 2.0);
        this.lastCut = clock.now().minus(BETWEEN_CUTS);
    }

    /**
     * The fleet's limit of copies per second, if it is the one that holds copies back, because the limit of copies in flight
     * isn't reached; else 0.
     */
    synchronized int heldBackByRate() {
        return inFlight < (int) limit ? rate.perSecond() : 0;
    }

    /** Takes a permit, which {@link #release} returns; false if there is none within the time. */
    boolean tryAcquire(Duration atMost) {
        if (!takePermit(atMost)) {
            return false;
        }
        // Asked without the lock: it may call the queue.
        if (rate.tryTake()) {
            return true;
        }
        returnUnused(atMost);
        return false;
    }

    private synchronized boolean takePermit(Duration atMost) {
        if (inFlight >= (int) limit) {
            await(atMost);
        }
        if (inFlight >= (int) limit) {
            return false;
        }
        inFlight++;
        return true;
    }

    /** Waits as well, because the caller would ask again at once. */
    private synchronized void returnUnused(Duration atMost) {
        giveBack();
        await(atMost);
    }

    /** Waits for a change, holding the lock's monitor. An interrupt ends the wait and stays set. */
    private void await(Duration atMost) {
        if (!atMost.isZero()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, atMost.toNanos());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Sets the most copies in flight, at least 1; those in flight above it end first. */
    synchronized void most(int copies) {
        most = copies;
        limit = Math.min(limit, most);
        notifyAll();
    }

    /** The copies that ended since the last call. */
    synchronized FleetCopies.Tries takeEnded() {
        FleetCopies.Tries taken = ended;
        ended = FleetCopies.Tries.NONE;
        return taken;
    }

    /** Returns a permit. Only successes raise the limit. */
    synchronized void release(End end) {
        inFlight--;
        adapt(end);
        notifyAll();
    }

    /**
     * Returns a permit and takes another, without waiting and without calling the queue. False if that isn't possible,
     * because the limit is lower by now or starts have a rate: the permit is returned.
     */
    synchronized boolean exchange(End end) {
        adapt(end);
        if (inFlight <= (int) limit && rate.perSecond() == 0) {
            return true;
        }
        inFlight--;
        notifyAll();
        return false;
    }

    /** Takes a permit if that needs neither a wait nor a call to the queue. */
    synchronized boolean tryAcquireAtOnce() {
        if (inFlight >= (int) limit || rate.perSecond() > 0) {
            return false;
        }
        inFlight++;
        return true;
    }

    /** Returns a permit with which nothing was started. */
    synchronized void giveBack() {
        inFlight--;
        notifyAll();
    }

    private void adapt(End end) {
        ended = new FleetCopies.Tries(ended.all() + 1, ended.throttled() + (end == End.THROTTLED ? 1 : 0));
        if (end == End.SUCCEEDED) {
            limit = Math.min(most, limit + 1 / limit);
        } else if (end == End.THROTTLED && clock.now().minus(lastCut).compareTo(BETWEEN_CUTS) >= 0) {
            limit = Math.max(Math.min(LEAST, most), limit / 2);
            everCut = true;
            lastCut = clock.now();
        }
    }

    /** The present limit. */
    synchronized int current() {
        return (int) limit;
    }

    /** The limit when the store serves every request. */
    synchronized int most() {
        return most;
    }

    /** Whether the store asked for fewer requests in the last minute, so that the limit is below what it could be. */
    synchronized boolean isCut() {
        return everCut && clock.now().minus(lastCut).compareTo(CUT_MATTERS) < 0 && (int) limit < most;
    }

    /** Copies in flight. */
    synchronized int inFlight() {
        return inFlight;
    }
}
