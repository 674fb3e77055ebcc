package dev.rehome.consumer.scaling;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.process.Loop;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.common.scaling.ServiceState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops consumers that were started after the end. An apply that was planned before the producer scaled both services to
 * zero raises the consumers afterwards; no producer is left to stop them, so they scale their own service.
 */
public final class LeftoverConsumers implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverConsumers.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final Supplier<Optional<RunLedger.Run>> latest;
    private final ServiceScaler scaler;
    private final ScalingSettings settings;

    /** {@code latest} reads the latest run from the ledger. */
    public LeftoverConsumers(Supplier<Optional<RunLedger.Run>> latest, ServiceScaler scaler, ScalingSettings settings) {
        this.latest = latest;
        this.scaler = scaler;
        this.settings = settings;
    }

    /** Whether the latest run is complete: a pause between two runs, or leftover consumers. */
    public static boolean mayBeLeftOver(Optional<RunLedger.Run> latest) {
        return latest.flatMap(RunLedger.Run::completed).isPresent();
    }

    /** Whether nothing will begin another run; a producer's service that doesn't exist is a wrong name. */
    public static boolean hasNoProducer(Optional<ServiceState> producer) {
        return producer.map(state -> state.desired() == 0).orElse(false);
    }

    @Override
    public Duration run() {
        if (mayBeLeftOver(latest.get())) {
            try {
                if (hasNoProducer(scaler.state(settings.producerService()))) {
                    scaler.scale(settings.consumerService(), 0);
                    LOG.info(
                            "The latest run is complete and service {} is at 0: scaled service {} to 0, waiting for"
                                    + " SIGTERM",
                            settings.producerService(),
                            settings.consumerService());
                }
            } catch (Unavailable | Rejected failure) {
                LOG.warn(
                        "The latest run is complete; can't tell whether these consumers are left over: {}",
                        failure.getMessage());
            }
        }
        return INTERVAL;
    }
}
