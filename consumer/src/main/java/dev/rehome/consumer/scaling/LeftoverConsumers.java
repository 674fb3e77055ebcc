package dev.rehome.consumer.scaling;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.common.scaling.ServiceState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops consumers that no producer is left to stop. An apply that was planned before the producer scaled both services to
 * zero raises the consumers afterwards; they then scale their own service: at once after a complete run, and after a while
 * if the run failed or none has begun, because Redis is gone with the producer's task.
 */
public final class LeftoverConsumers implements Loop.Step {
    /** Longer than a producer's service is at zero while it is replaced or restarted by hand. */
    static final Duration WITHOUT_PRODUCER = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(LeftoverConsumers.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final Supplier<Optional<RunLedger.Run>> latest;
    private final ServiceScaler scaler;
    private final ScalingSettings settings;
    private final MonotonicClock clock;
    private Optional<Duration> alone = Optional.empty();

    /** {@code latest} reads the latest run from the ledger. */
    public LeftoverConsumers(
            Supplier<Optional<RunLedger.Run>> latest,
            ServiceScaler scaler,
            ScalingSettings settings,
            MonotonicClock clock) {
        this.latest = latest;
        this.scaler = scaler;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether no run is open: then consumers without a producer are left over. */
    public static boolean isComplete(Optional<RunLedger.Run> latest) {
        return latest.flatMap(RunLedger.Run::completed).isPresent();
    }

    /**
     * Whether the producer's service is scaled to zero, so that no run will begin. False for a service that doesn't exist: its
     * name may be wrong.
     */
    public static boolean hasNoProducer(Optional<ServiceState> producer) {
        return producer.map(state -> state.desired() == 0).orElse(false);
    }

    @Override
    public Duration run() {
        try {
            // The ledger first: a run that begins between the two calls has a producer.
            boolean complete = isComplete(latest.get());
            if (!hasNoProducer(scaler.state(settings.producerService()))) {
                alone = Optional.empty();
                return INTERVAL;
            }
            Duration now = clock.now();
            alone = alone.or(() -> Optional.of(now));
            if (complete || now.minus(alone.orElseThrow()).compareTo(WITHOUT_PRODUCER) >= 0) {
                scaler.scale(settings.consumerService(), 0);
                LOG.info(
                        "Service {} is at 0 and {}: scaled service {} to 0, waiting for SIGTERM",
                        settings.producerService(),
                        complete
                                ? "the latest run is complete"
                                : "has been for " + WITHOUT_PRODUCER.toMinutes() + " min",
                        settings.consumerService());
            }
        } catch (Unavailable | Rejected failure) {
            LOG.warn(
                    "Can't determine whether a producer is running: {}; trying again in {} s",
                    failure.getMessage(),
                    INTERVAL.toSeconds());
        }
        return INTERVAL;
    }
}
