package dev.rehome.producer.scaling;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.common.scaling.ServiceState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step of a run on ECS: the consumers' service to zero, then the producer's own.
 *
 * <p>Terraform raises the producer first and the consumers after it. A run that finds nothing to do ends in between;
 * Terraform would undo a scaling at that moment, and nothing would stop the consumers. So this waits, for a limited
 * time, until both services run their tasks. If Terraform comes even later, the consumers stop themselves.
 *
 * @param firstPause before the first repetition of a call
 * @param onScaled called once, when the producer's service is at zero, with how the consumers' ended: at zero too, or not
 *     found
 */
public record ScaleToZero(
        ServiceScaler scaler,
        ScalingSettings settings,
        ShutdownSignal signal,
        MonotonicClock time,
        Duration firstPause,
        Consumer<End> onScaled) {
    /** How it ended. */
    public enum End {
        /** Both services are at zero. */
        SCALED,
        /** The process was asked to stop before; the next start scales. */
        STOPPED,
        /** A service or the cluster doesn't exist; the other service, if it exists, is at zero. */
        NOT_FOUND
    }

    /**
     * A state that another party, most likely a Terraform apply, is expected to change soon.
     *
     * @param reason for the log
     * @param limit how long to wait while the reason stays the same
     */
    public record Wait(String reason, Duration limit) {}

    /** From the apply that raises the producer to steady consumers takes Terraform about five minutes. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** Scaling works on services that aren't steady, but an apply that waits for them would fail. */
    static final Duration STEADY_WAIT = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(ScaleToZero.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration SIGTERM_WAIT = Duration.ofMinutes(2);

    /**
     * Scales both services, with retries, and then waits a while for SIGTERM. The process may exit in any case: ECS
     * starts another task only if somebody raised the desired count again, and that task then begins a new run.
     *
     * @param repeated whether an earlier start completed the run and may have scaled the consumers already
     */
    public End run(boolean repeated) {
        if (!awaitBothServices(repeated)) {
            return End.STOPPED;
        }
        End end = runAtOnce();
        if (end == End.SCALED) {
            LOG.info("Both services are scaled to zero; waiting for SIGTERM");
            if (!signal.await(SIGTERM_WAIT)) {
                LOG.info("No SIGTERM within {} s; exiting", SIGTERM_WAIT.toSeconds());
            }
        }
        return end;
    }

    /** Scales both services, with retries, and waits for nothing else. */
    public End runAtOnce() {
        End consumers = toZero(settings.consumerService());
        End own = consumers == End.STOPPED ? End.STOPPED : toZero(settings.producerService());
        if (own != End.SCALED) {
            return own;
        }
        onScaled.accept(consumers);
        return consumers;
    }

    /**
     * Why scaling should wait, given the two services; empty when both are as expected at the end of a run.
     *
     * @param repeated whether consumers at zero are expected
     */
    public static Optional<Wait> wait(
            Optional<ServiceState> producer, Optional<ServiceState> consumers, boolean repeated) {
        return unexpected("producer", producer, false).or(() -> unexpected("consumer", consumers, repeated));
    }

    private static Optional<Wait> unexpected(String name, Optional<ServiceState> found, boolean zeroExpected) {
        if (found.isEmpty()) {
            return Optional.of(new Wait("the " + name + " service doesn't exist", LONGEST_WAIT));
        }
        ServiceState state = found.get();
        if (state.desired() == 0 && !zeroExpected) {
            return Optional.of(new Wait(
                    "the " + name + " service has desired count 0, and an apply may be about to raise it",
                    LONGEST_WAIT));
        }
        if (!state.isSteady()) {
            return Optional.of(new Wait(
                    "the " + name + " service runs " + state.running() + " of " + state.desired() + " tasks in "
                            + state.deployments() + " deployment(s)",
                    STEADY_WAIT));
        }
        return Optional.empty();
    }

    private Backoff backoff() {
        return new Backoff(firstPause, LONGEST_PAUSE);
    }

    private boolean awaitBothServices(boolean repeated) {
        Duration began = time.now();
        Duration since = began;
        String last = "";
        for (int attempt = 1; ; attempt++) {
            Optional<Wait> wait = wait(repeated);
            if (wait.isEmpty()) {
                return true;
            }
            Duration now = time.now();
            if (!wait.get().reason().equals(last)) {
                last = wait.get().reason();
                since = now;
                LOG.info(
                        "Waiting up to {} min to scale to zero: {}",
                        wait.get().limit().toMinutes(),
                        last);
            }
            if (now.minus(since).compareTo(wait.get().limit()) >= 0
                    || now.minus(began).compareTo(LONGEST_WAIT) >= 0) {
                LOG.warn(
                        "Scaling to zero after {} s although {}",
                        now.minus(began).toSeconds(),
                        last);
                return true;
            }
            if (signal.await(backoff().delay(attempt))) {
                return false;
            }
        }
    }

    private Optional<Wait> wait(boolean repeated) {
        try {
            return wait(scaler.state(settings.producerService()), scaler.state(settings.consumerService()), repeated);
        } catch (Unavailable | Rejected failure) {
            return Optional.of(new Wait("the services can't be read: " + failure.getMessage(), LONGEST_WAIT));
        }
    }

    private End toZero(String service) {
        for (int failures = 1; ; failures++) {
            try {
                scaler.scale(service, 0);
                LOG.info("Service {}: desired count 0", service);
                return End.SCALED;
            } catch (Rejected missing) {
                LOG.error(
                        "Service {} is not scaled to zero: {}. If its tasks are running, stop them by hand; check"
                                + " CLUSTER_NAME, CONSUMER_SERVICE_NAME and PRODUCER_SERVICE_NAME. The run itself has ended",
                        service,
                        missing.getMessage());
                return End.NOT_FOUND;
            } catch (Unavailable failure) {
                LOG.error(
                        "Service {} is not scaled to zero, retrying: {} The run itself has ended",
                        service,
                        failure.getMessage());
                if (signal.await(backoff().delay(failures))) {
                    return End.STOPPED;
                }
            }
        }
    }
}
