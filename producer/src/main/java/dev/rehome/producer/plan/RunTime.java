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
 * @param end when it ends if it starts now and works in the run windows only; empty if that is years away
 */
public record RunTime(int rate, Duration work, Optional<Instant> end) {
    private static final Duration FAR = Duration.ofDays(3_650);

    static RunTime of(double records, int rate, RunWindows windows, Instant now) {
        Duration work = Duration.ofMillis((long) Math.ceil(1_000 * records / rate));
        return new RunTime(rate, work, end(work, windows, now));
    }

    private static Optional<Instant> end(Duration work, RunWindows windows, Instant start) {
        Instant now = start;
        Duration left = work;
        while (Duration.between(start, now).compareTo(FAR) < 0) {
            Optional<Instant> change = windows.nextChange(now);
            if (windows.isOpen(now)) {
                Duration open = change.isPresent() ? Duration.between(now, change.get()) : left;
                if (left.compareTo(open) <= 0) {
                    return Optional.of(now.plus(left));
                }
                left = left.minus(open);
            }
            if (change.isEmpty()) {
                return Optional.empty();
            }
            now = change.get();
        }
        return Optional.empty();
    }
}
