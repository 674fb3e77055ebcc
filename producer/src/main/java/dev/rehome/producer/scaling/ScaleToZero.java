package dev.rehome.producer.scaling;

import dev.rehome.common.process.ShutdownSignal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step on ECS: the consumers' service to zero, then our own, then waiting for the SIGTERM that this brings. The
 * process never ends before: a service starts a task again that exits.
 */
public final class ScaleToZero {
    private static final Logger LOG = LoggerFactory.getLogger(ScaleToZero.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final ServiceScaler scaler;
    private final ScalingSettings settings;
    private final ShutdownSignal signal;
    private final Duration firstPause;
    private final Runnable onScaled;

    /**
     * Makes it.
     *
     * @param firstPause between the first two tries; it doubles up to a minute
     * @param onScaled called once, when both services are at zero
     */
    public ScaleToZero(
            ServiceScaler scaler,
            ScalingSettings settings,
            ShutdownSignal signal,
            Duration firstPause,
            Runnable onScaled) {
        this.scaler = scaler;
        this.settings = settings;
        this.signal = signal;
        this.firstPause = firstPause;
        this.onScaled = onScaled;
    }

    /** Does it; returns when the process was asked to stop. */
    public void run() {
        if (untilDone(settings.consumerService()) && untilDone(settings.producerService())) {
            onScaled.run();
            LOG.info("Both services are scaled to zero; waiting for SIGTERM");
            while (!signal.await(Duration.ofHours(1))) {
                LOG.info("Still waiting for SIGTERM: did something raise the desired count again?");
            }
        }
    }

    private boolean untilDone(String service) {
        Duration pause = firstPause;
        while (true) {
            try {
                scaler.toZero(service);
                LOG.info("Service {}: desired count 0", service);
                return true;
            } catch (ScalingFailed failure) {
                LOG.error(
                        "Service {} is not scaled to zero: {} Trying again in {} s; the migration itself is complete",
                        service,
                        failure.getMessage(),
                        pause.toSeconds());
            }
            if (signal.await(pause)) {
                return false;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }
}
