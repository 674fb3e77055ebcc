package dev.rehome.producer.report;

import dev.rehome.common.process.MonotonicClock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Prints the progress of long work, at most one line every ten seconds. For one thread. */
public final class PeriodicLine {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final MonotonicClock clock;
    private final Consumer<String> out;
    private Duration shown;

    /** {@code out} receives the lines; the first one ten seconds from now. */
    public PeriodicLine(MonotonicClock clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
        this.shown = clock.now();
    }

    /** Prints the line if the last one is at least ten seconds old. */
    public void offer(Supplier<String> line) {
        Duration now = clock.now();
        if (now.minus(shown).compareTo(PERIOD) >= 0) {
            shown = now;
            out.accept(line.get());
        }
    }
}
