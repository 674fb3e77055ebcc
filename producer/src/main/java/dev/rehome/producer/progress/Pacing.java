package dev.rehome.producer.progress;

import dev.rehome.common.process.MonotonicClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How fast a run is. Batches are applied in lumps, so the pace for an estimate is the slope of a line through the counts of
 * the last five minutes of work, not the difference of two of them. Time in which the run waits isn't work. For one thread.
 */
final class Pacing {
    /** The last working time that an estimate is based on. */
    static final Duration WINDOW = Duration.ofMinutes(5);
    /** The working time before the first estimate. */
    static final Duration LEAST = Duration.ofSeconds(15);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int LEAST_LUMPS = 3;

    private final MonotonicClock clock;
    private final Deque<Sample> byTime = new ArrayDeque<>();
    private final Deque<Sample> byWork = new ArrayDeque<>();
    private final Duration workedBefore;
    private final long doneBefore;
    private Duration worked;
    private Duration last;
    private long done;
    private int lumps;

    /** A count after some time, or after some work. */
    private record Sample(Duration at, long done) {}

    /**
     * Starts with the first count.
     *
     * @param workedBefore how long earlier starts of the producer worked on the run; zero also if that was lost
     * @param done the records that are applied already
     */
    Pacing(MonotonicClock clock, Duration workedBefore, long done) {
        this.clock = clock;
        this.workedBefore = workedBefore;
        // Without their working time, the records of earlier starts can't be part of an average.
        this.doneBefore = workedBefore.isZero() ? done : 0;
        this.worked = workedBefore;
        this.last = clock.now();
        this.done = done;
        byTime.add(new Sample(last, done));
        byWork.add(new Sample(worked, done));
    }

    /** Adds a count; {@code working} is false when the run waited since the last one. */
    void add(long count, boolean working) {
        Duration now = clock.now();
        if (working) {
            worked = worked.plus(now.minus(last));
        }
        last = now;
        if (count != done) {
            lumps++;
        }
        done = count;
        byTime.add(new Sample(now, count));
        while (byTime.size() > 2 && now.minus(byTime.peek().at()).compareTo(MINUTE) > 0) {
            byTime.remove();
        }
        byWork.add(new Sample(worked, count));
        while (byWork.size() > 2 && worked.minus(byWork.peek().at()).compareTo(WINDOW) > 0) {
            byWork.remove();
        }
    }

    /** How long the run worked, earlier starts included. */
    Duration worked() {
        return worked;
    }

    /** Records per second in the last minute. */
    double lastMinute() {
        Sample first = byTime.getFirst();
        double seconds = seconds(byTime.getLast().at().minus(first.at()));
        return seconds > 0 ? Math.max(0, (done - first.done()) / seconds) : 0;
    }

    /** Records per second while the run worked. */
    double average() {
        double seconds = seconds(worked);
        return seconds > 0 ? Math.max(0, (done - doneBefore) / seconds) : 0;
    }

    /** The records per second to expect from now on; empty until enough work is done. */
    Optional<Double> expected() {
        Duration here = worked.minus(workedBefore);
        boolean known = here.compareTo(LEAST) >= 0 && lumps >= LEAST_LUMPS;
        if (here.compareTo(MINUTE) < 0 && workedBefore.compareTo(MINUTE) >= 0) {
            return Optional.of(average());
        }
        return known || here.compareTo(WINDOW) >= 0 ? Optional.of(Math.max(0, slope())) : Optional.empty();
    }

    /** The slope of the least-squares line. */
    private double slope() {
        double count = byWork.size();
        double meanAt = 0;
        double meanDone = 0;
        double origin = seconds(byWork.getFirst().at());
        long first = byWork.getFirst().done();
        for (Sample sample : byWork) {
            meanAt += (seconds(sample.at()) - origin) / count;
            meanDone += (sample.done() - first) / count;
        }
        double covariance = 0;
        double variance = 0;
        for (Sample sample : byWork) {
            double at = seconds(sample.at()) - origin - meanAt;
            covariance += at * (sample.done() - first - meanDone);
            variance += at * at;
        }
        return variance > 0 ? covariance / variance : 0;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
