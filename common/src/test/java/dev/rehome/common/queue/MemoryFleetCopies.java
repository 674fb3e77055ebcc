package dev.rehome.common.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** The fleet's bucket and counts in memory. */
public final class MemoryFleetCopies implements FleetCopies {
    private record Ended(Instant at, Tries tries) {}

    private final InstantSource time;
    private final Deque<Ended> ended = new ArrayDeque<>();
    private Instant filledAt = Instant.MIN;
    private double tokens;

    public MemoryFleetCopies(InstantSource time) {
        this.time = time;
    }

    @Override
    public synchronized int take(int wanted, int perSecond) {
        double most = Math.max(1, perSecond / 10.0);
        Instant now = time.instant();
        tokens = filledAt.equals(Instant.MIN)
                ? most
                : Math.min(most, tokens + Duration.between(filledAt, now).toNanos() / 1e9 * perSecond);
        filledAt = now;
        int granted = Math.min(wanted, (int) tokens);
        tokens -= granted;
        return granted;
    }

    @Override
    public synchronized void ended(Tries tries) {
        ended.addLast(new Ended(time.instant(), tries));
    }

    @Override
    public synchronized Tries lastMinute() {
        Instant since = time.instant().minusSeconds(60);
        ended.removeIf(each -> each.at().isBefore(since));
        return new Tries(
                ended.stream().mapToLong(each -> each.tries().all()).sum(),
                ended.stream().mapToLong(each -> each.tries().throttled()).sum());
    }
}
