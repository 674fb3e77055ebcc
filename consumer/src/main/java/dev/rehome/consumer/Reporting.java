package dev.rehome.consumer;

import dev.rehome.common.process.HealthEndpoint.Health;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reports every two seconds what this consumer does, to the control channel and to the health endpoint.
 *
 * @param control where to report
 * @param consumer the name of this consumer
 * @param progress what it has done
 * @param limit what it does now
 * @param trouble why it can't work; empty while it can
 */
record Reporting(
        ControlChannel control,
        String consumer,
        ConsumerProgress progress,
        AdaptiveConcurrencyLimit limit,
        Supplier<Optional<String>> trouble)
        implements Loop.Step {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @Override
    public Duration run() {
        control.report(consumer, text());
        return INTERVAL;
    }

    /** The state of this consumer; unhealthy while it can't work. */
    Health health() {
        return new Health(trouble.get().isEmpty(), text());
    }

    private String text() {
        return trouble.get().map(reason -> ControlChannel.STUCK + reason).orElse("running") + ", copied "
                + progress.copied() + ", failed " + progress.failed() + ", in flight " + limit.inFlight() + "/"
                + limit.current();
    }
}
