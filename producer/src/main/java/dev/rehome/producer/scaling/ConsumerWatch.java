package dev.rehome.producer.scaling;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.process.LogInterval;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.common.scaling.ServiceState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts one consumer when a run has had none for a long time. A Terraform apply that was interrupted after it raised the
 * producer, or was planned before leftover consumers stopped themselves, leaves a run without consumers. One consumer
 * completes it; the next apply sets the count again.
 */
public final class ConsumerWatch implements Loop.Step {
    /** An apply takes about five minutes from the producer's start to the consumers'. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerWatch.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final ServiceScaler scaler;
    private final String service;
    private final BooleanSupplier zeroIsIntended;
    private final MonotonicClock time;
    private final LogInterval warnings;
    private Optional<Duration> zeroSince = Optional.empty();

    /** {@code zeroIsIntended}: whether the consumers are scaled to zero until the run windows open. */
    public ConsumerWatch(
            ServiceScaler scaler, String consumerService, BooleanSupplier zeroIsIntended, MonotonicClock time) {
        this.scaler = scaler;
        this.service = consumerService;
        this.zeroIsIntended = zeroIsIntended;
        this.time = time;
        this.warnings = new LogInterval(INTERVAL, time);
    }

    /** Whether a run would stall without a consumer being started; a service that doesn't exist can't be raised. */
    public static boolean hasNoConsumers(Optional<ServiceState> consumers) {
        return consumers.map(state -> state.desired() == 0).orElse(false);
    }

    @Override
    public Duration run() {
        try {
            if (!hasNoConsumers(scaler.state(service)) || zeroIsIntended.getAsBoolean()) {
                zeroSince = Optional.empty();
                return INTERVAL;
            }
            Duration now = time.now();
            Duration since = zeroSince.orElse(now);
            zeroSince = Optional.of(since);
            if (now.minus(since).compareTo(PATIENCE) >= 0) {
                scaler.scale(service, 1);
                zeroSince = Optional.empty();
                LOG.warn(
                        "Service {} had desired count 0 for {} min while a run is in progress; raised it to 1. Apply"
                                + " Terraform again for CONSUMER_TASK_COUNT consumers; to hold a run, pause it instead",
                        service,
                        PATIENCE.toMinutes());
            }
        } catch (Unavailable | Rejected failure) {
            if (warnings.isDue(String.valueOf(failure.getMessage()), false)) {
                LOG.warn(
                        "Can't find out whether the run has consumers, checking again in a minute: {}",
                        failure.getMessage());
            }
        }
        return INTERVAL;
    }
}
