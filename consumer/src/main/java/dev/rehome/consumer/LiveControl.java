package dev.rehome.consumer;

import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what operators set: hands it over when it changed, and ends the consumer when the run is stopped. Reads at most
 * once a second. A queue that lost its data shows an earlier revision; the last state then applies until the producer
 * restores it, for a minute at most. Safe for use by any thread.
 */
final class LiveControl {
    static final Duration KEPT = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(LiveControl.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Supplier<ControlState> queue;
    private final MonotonicClock clock;
    private final Consumer<ControlState> onChange;
    private final Runnable onStop;
    private ControlState state;
    private Duration readAt;
    private Duration currentAt;

    /**
     * @param queue reads the state
     * @param onChange gets each new state, also the first
     * @param onStop called once the run is stopped, unless it was already when this consumer started: then another start
     *     of the producer is awaited
     */
    LiveControl(Supplier<ControlState> queue, MonotonicClock clock, Consumer<ControlState> onChange, Runnable onStop) {
        this.queue = queue;
        this.clock = clock;
        this.onChange = onChange;
        this.onStop = onStop;
    }

    /** Why an operator holds the run; empty when nobody does. */
    synchronized Optional<Hold> hold() {
        Duration now = clock.now();
        if (readAt == null || now.minus(readAt).compareTo(INTERVAL) >= 0) {
            ControlState read = queue.get();
            readAt = now;
            if (state == null
                    || read.revision() >= state.revision()
                    || now.minus(currentAt).compareTo(KEPT) >= 0) {
                currentAt = now;
                accept(read);
            }
        }
        return state.hold();
    }

    private void accept(ControlState read) {
        ControlState before = state;
        state = read;
        if (read.equals(before)) {
            return;
        }
        onChange.accept(read);
        if (before != null && isStop(read) && !isStop(before)) {
            LOG.info("The run is {}", read.hold().orElseThrow());
            onStop.run();
        }
    }

    private static boolean isStop(ControlState state) {
        return state.hold().filter(Hold::isStop).isPresent();
    }
}
