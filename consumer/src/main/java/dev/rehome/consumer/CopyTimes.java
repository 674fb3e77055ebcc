package dev.rehome.consumer;

import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.ConsumerReport.Latency;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Measures how long copies take, in classes whose bounds grow by 19 %. Keeps the last minute in two halves, and
 * everything since the start. Safe for use by any thread.
 */
final class CopyTimes {
    /** The half of the time that the latency describes. */
    static final Duration HALF = Duration.ofSeconds(30);

    private static final int PER_DOUBLING = 4;
    private static final int CLASSES = 18 * PER_DOUBLING;

    private final MonotonicClock clock;
    private final long[] all = new long[CLASSES];
    private long[] current = new long[CLASSES];
    private long[] before = new long[CLASSES];
    private Duration currentSince;
    private long totalNanos;

    CopyTimes(MonotonicClock clock) {
        this.clock = clock;
        this.currentSince = clock.now();
    }

    /** A copy ended, successfully or not. */
    synchronized void add(Duration took) {
        turn();
        int index = index(took);
        current[index]++;
        all[index]++;
        totalNanos += took.toNanos();
    }

    /** The latency of the last half to one minute; empty when no copy ended in it. */
    synchronized Optional<Latency> lastMinute() {
        turn();
        long[] counts = new long[CLASSES];
        Arrays.setAll(counts, i -> current[i] + before[i]);
        long total = Arrays.stream(counts).sum();
        return total == 0
                ? Optional.empty()
                : Optional.of(new Latency(quantile(counts, total, 0.5), quantile(counts, total, 0.99)));
    }

    /** How many copies took at most {@code bound} since the start; exact for a power of two milliseconds. */
    synchronized long atMost(Duration bound) {
        int last = index(bound);
        long count = 0;
        for (int i = 0; i <= last; i++) {
            count += all[i];
        }
        return count;
    }

    /** How many copies ended since the start. */
    synchronized long count() {
        return Arrays.stream(all).sum();
    }

    /** How long all of them took together. */
    synchronized Duration total() {
        return Duration.ofNanos(totalNanos);
    }

    private void turn() {
        Duration now = clock.now();
        Duration since = now.minus(currentSince);
        if (since.compareTo(HALF) >= 0) {
            before = since.compareTo(HALF.multipliedBy(2)) >= 0 ? new long[CLASSES] : current;
            current = new long[CLASSES];
            currentSince = now;
        }
    }

    private static Duration quantile(long[] counts, long total, double share) {
        long rank = (long) Math.ceil(share * total);
        long seen = 0;
        int index = 0;
        while (index < CLASSES - 1 && seen + counts[index] < rank) {
            seen += counts[index];
            index++;
        }
        return Duration.ofMillis(Math.round(Math.pow(2, (double) index / PER_DOUBLING)));
    }

    /** The class whose upper bound, in milliseconds, is the first that isn't below the time. */
    private static int index(Duration took) {
        double millis = Math.max(1, took.toNanos() / 1e6);
        return Math.min(CLASSES - 1, (int) Math.ceil(PER_DOUBLING * Math.log(millis) / Math.log(2) - 1e-9));
    }
}
