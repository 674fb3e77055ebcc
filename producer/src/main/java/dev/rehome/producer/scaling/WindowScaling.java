package dev.rehome.producer.scaling;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.common.scaling.ServiceState;
import dev.rehome.producer.throttle.ConsumersAtOpening;
import dev.rehome.producer.throttle.RunWindows;
import dev.rehome.producer.throttle.ThrottleSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scales the consumers' service to zero while the run windows are closed, once the consumers have finished their batches,
 * and up again when the windows open. Records the number of consumers in one step and scales in the next, so that a change of
 * the number in between isn't lost. For one thread.
 */
public final class WindowScaling implements Loop.Step {
    /** For a shorter close, stopping and starting the tasks isn't worth it. */
    static final Duration WORTH_IT = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(WindowScaling.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final String AUTHOR = "run windows";

    private final ServiceScaler scaler;
    private final String service;
    private final OperatorControl control;
    private final Run run;
    private int recorded;

    /**
     * The state of the run.
     *
     * @param leads whether this producer leads
     * @param settings the run windows that apply now, and whether the service is scaled down at all; it is scaled up in any case
     * @param inFlight the batches that consumers hold
     * @param time the time of day
     */
    public record Run(
            BooleanSupplier leads, Supplier<ThrottleSettings> settings, LongSupplier inFlight, InstantSource time) {}

    /** {@code service}: the consumers' service. */
    public WindowScaling(ServiceScaler scaler, String service, OperatorControl control, Run run) {
        this.scaler = scaler;
        this.service = service;
        this.control = control;
        this.run = run;
    }

    @Override
    public Duration run() {
        if (run.leads().getAsBoolean()) {
            try {
                follow();
            } catch (Rejected failure) {
                // Somebody may grant the right; the loop tries again, and logs it ever more rarely.
                throw new Unavailable(
                        "Service " + service + " doesn't follow the run windows: " + failure.getMessage(), failure);
            }
        }
        return PERIOD;
    }

    private void follow() {
        ControlState state = control.state();
        if (state.hold().filter(Hold::isStop).isPresent()) {
            return;
        }
        OptionalInt waiting = ConsumersAtOpening.of(state);
        Instant now = run.time().instant();
        ThrottleSettings settings = run.settings().get();
        RunWindows windows = settings.windows();
        if (windows.isOpen(now)) {
            if (waiting.isPresent()) {
                scaleUp(waiting.getAsInt());
            }
        } else if (settings.scalesWithWindows()
                && isLong(windows, now)
                && run.inFlight().getAsLong() == 0) {
            scaleDown(waiting);
        }
    }

    private static boolean isLong(RunWindows windows, Instant now) {
        return windows.nextChange(now)
                .map(opening -> Duration.between(now, opening).compareTo(WORTH_IT) >= 0)
                .orElse(true);
    }

    private void scaleUp(int tasks) {
        // A service above 0 keeps its number: a Terraform apply may have set it and still be deploying it.
        if (scaler.state(service).map(ServiceState::desired).orElse(0) == 0) {
            scaler.scale(service, tasks);
            LOG.info("The run windows are open: scaled service {} to {}", service, tasks);
        }
        control.unset(ConsumersAtOpening.NAME, AUTHOR);
    }

    private void scaleDown(OptionalInt waiting) {
        int tasks = desired();
        if (tasks == 0) {
            recorded = 0;
        } else if (waiting.isEmpty() || tasks != recorded) {
            if (!waiting.equals(OptionalInt.of(tasks))) {
                control.set(ConsumersAtOpening.NAME, Integer.toString(tasks), AUTHOR);
            }
            recorded = tasks;
        } else {
            scaler.scale(service, 0);
            recorded = 0;
            LOG.info(
                    "The run windows are closed and no batch is in flight: scaled service {} to 0; {} tasks start at the"
                            + " next opening",
                    service,
                    waiting.getAsInt());
        }
    }

    /** The desired count; 0 for a service that doesn't exist, or that is being deployed, which must not be disturbed. */
    private int desired() {
        Optional<ServiceState> state = scaler.state(service);
        return state.filter(found -> found.deployments() <= 1)
                .map(ServiceState::desired)
                .orElse(0);
    }
}
