package dev.rehome.consumer.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * How many copies, or other requests, may be in flight: rises by one for each full round of successes, halves when the
 * store asks to slow down (additive increase, multiplicative decrease, as TCP does). Safe for use by any thread; nobody
 * waits in it: work for which there is no room is kept and started when there is.
 */
public final class AdaptiveConcurrencyLimit {
    private static final int LEAST = 4;
    /** One storm makes many answers: it halves the limit once. */
    private static final Duration BETWEEN_CUTS = Duration.ofSeconds(1);

    private final InstantSource time;
    private final int most;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Set<Thread> starting = new HashSet<>();
    private double limit;
    private int inFlight;
    private Instant lastCut = Instant.EPOCH;

    /** Begins at half of what may be in flight at {@code most}. */
    public AdaptiveConcurrencyLimit(InstantSource time, int most) {
        this.time = time;
        this.most = most;
        this.limit = Math.max(Math.min(LEAST, most), most / 2.0);
    }

    /** Runs the work now or when there is room; whoever ran it calls {@link #done} once. The work must not throw. */
    void run(Runnable work) {
        synchronized (this) {
            waiting.add(work);
        }
        startWaiting();
    }

    /** A copy ended; {@code throttled} when the store asked to slow down. */
    void done(boolean throttled) {
        synchronized (this) {
            inFlight--;
            if (throttled) {
                cut();
            } else {
                limit = Math.min(most, limit + 1 / limit);
            }
        }
        startWaiting();
    }

    private void cut() {
        Instant now = time.instant();
        // A clock that is set back must not keep the limit up.
        if (Duration.between(lastCut, now).abs().compareTo(BETWEEN_CUTS) >= 0) {
            limit = Math.max(Math.min(LEAST, most), limit / 2);
            lastCut = now;
        }
    }

    /**
     * A loop that is never nested, whatever the work calls: work that ends at once calls {@link #done} from within it,
     * and a hundred thousand of those would overflow the stack. What such a call makes room for is left to the loop that
     * runs on its thread already. Other threads start work beside it.
     */
    private void startWaiting() {
        synchronized (this) {
            if (!starting.add(Thread.currentThread())) {
                return;
            }
        }
        try {
            for (Runnable next = next(); next != null; next = next()) {
                next.run();
            }
        } finally {
            synchronized (this) {
                starting.remove(Thread.currentThread());
            }
        }
    }

    /** Takes the next work and its room; null when there is none of either. */
    private synchronized Runnable next() {
        if (inFlight >= (int) limit || waiting.isEmpty()) {
            return null;
        }
        inFlight++;
        return waiting.poll();
    }

    /** The present limit. */
    public synchronized int current() {
        return (int) limit;
    }

    /** Copies under way. */
    public synchronized int inFlight() {
        return inFlight;
    }
}
