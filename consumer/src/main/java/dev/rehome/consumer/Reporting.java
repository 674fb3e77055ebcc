package dev.rehome.consumer;

import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.ControlChannel;
import dev.rehome.consumer.store.AdaptiveConcurrencyLimit;
import java.time.Duration;

/** Tells the others, every two seconds, what this consumer does. */
record Reporting(
        ControlChannel control,
        String name,
        ConsumerProgress progress,
        AdaptiveConcurrencyLimit limit,
        AccessCircuitBreaker circuit)
        implements Loop.Step {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    @Override
    public Duration run() {
        String state = circuit.isOpen() ? "paused: access is denied" : "running";
        control.report(
                name,
                state + ", copied " + progress.copied() + ", failed " + progress.failed() + ", in flight "
                        + limit.inFlight() + "/" + limit.current());
        return PERIOD;
    }
}
