package dev.rehome.producer.throttle;

import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.process.MonotonicClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** How many of the finished records failed, in the last five minutes and in the whole run. For use by one thread. */
final class FailureWatch {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private record Sample(Duration at, Share failures) {}

    private final Supplier<RecordTotals> totals;
    private final MonotonicClock clock;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** {@code totals} reads the totals of the run. */
    FailureWatch(Supplier<RecordTotals> totals, MonotonicClock clock) {
        this.totals = totals;
        this.clock = clock;
    }

    /** Reads the totals, at most every five seconds. */
    void read() {
        Duration now = clock.now();
        if (samples.isEmpty() || now.minus(samples.getLast().at()).compareTo(PERIOD) >= 0) {
            RecordTotals read = totals.get();
            samples.addLast(new Sample(now, new Share(read.failed(), read.total())));
        }
        // One sample from before the window stays: the window begins there.
        while (samples.size() > 1 && now.minus(samples.getFirst().at()).compareTo(WINDOW) > 0) {
            samples.removeFirst();
        }
    }

    /** Of the records finished in the last five minutes. */
    Share recent() {
        return samples.isEmpty() ? new Share(0, 0) : since(samples.getFirst().failures());
    }

    /** Of the records finished since then. */
    Share since(Share before) {
        if (samples.isEmpty()) {
            return new Share(0, 0);
        }
        Share now = samples.getLast().failures();
        long failed = Math.max(0, now.part() - before.part());
        return new Share(failed, Math.max(failed, now.whole() - before.whole()));
    }
}
