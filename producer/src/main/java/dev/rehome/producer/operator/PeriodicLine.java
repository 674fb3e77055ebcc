package dev.rehome.producer.operator;

import dev.rehome.common.process.MonotonicClock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Lines about the progress of a command, at most one every ten seconds. For one thread. */
final class PeriodicLine {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final MonotonicClock clock;
    private final Consumer<String> out;
    private Duration shown;

    /** {@code out} receives the lines; the first one ten seconds from now. */
    PeriodicLine(MonotonicClock clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
        this.shown = clock.now();
    }

    /** Shows the line if the last one is old enough. */
    void offer(Supplier<String> line) {
        Duration now = clock.now();
        if (now.minus(shown).compareTo(PERIOD) >= 0) {
            shown = now;
            out.accept(line.get());
        }
    }
}
