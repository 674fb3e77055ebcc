package dev.rehome.producer.plan;

import dev.rehome.producer.throttle.RunWindows;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a run takes at a given rate.
 *
 * @param rate records per second
 * @param work the time in which it works
 * @param end when it ends if it starts now and works in the run windows only; empty if that is more than ten years from now
 */
public record RunTime(int rate, Duration work, Optional<Instant> end) {
    private static final Duration FAR = Duration.ofDays(3_650);

    static RunTime of(double records, int rate, RunWindows windows, Instant now) {
        Duration work = Duration.ofMillis((long) Math.ceil(1_000 * records / rate));
        return new RunTime(rate, work, windows.endOf(work, now, now.plus(FAR)));
    }
}
