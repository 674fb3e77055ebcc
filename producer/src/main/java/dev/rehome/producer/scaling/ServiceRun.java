package dev.rehome.producer.scaling;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.PendingScaleDown;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.producer.throttle.ConsumersAtOpening;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run whose processes are ECS services: watches the consumers during the run, and scales both services to zero after it.
 *
 * @param pending where it is recorded that the services still have to be scaled
 * @param control the operators' hold and live settings
 */
public record ServiceRun(
        ServiceScaler scaler,
        ScalingSettings settings,
        PendingScaleDown pending,
        OperatorControl control,
        ShutdownSignal signal,
        MonotonicClock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRun.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    /** Longer than any call to the scaler. */
    private static final Duration LAST_CALL = Duration.ofMinutes(2);

    /** Starts a loop that raises the consumers if the run has none for long. {@link #stop} it before scaling to zero. */
    public Loop watchConsumers() {
        return new Loop(
                        "consumer-watch",
                        new ConsumerWatch(
                                scaler,
                                settings.consumerService(),
                                () -> ConsumersAtOpening.of(control.state()).isPresent(),
                                clock),
                        failure -> LOG.error(
                                "The check for missing consumers failed; if the run has none, start one by hand",
                                failure))
                .start();
    }

    /** A role that scales the consumers with the run windows. */
    public Loop.Step followWindows(WindowScaling.Run run) {
        return new WindowScaling(scaler, settings.consumerService(), control, run);
    }

    /** Stops the watch: its last call must not raise the consumers after they were scaled to zero. */
    public void stop(Loop watch) {
        watch.close(signal.isRequested() ? Duration.ZERO : LAST_CALL);
    }

    /**
     * Scales both services to zero. Returns the process' exit code.
     *
     * @param code the exit code of the run
     * @param repeated whether an earlier start completed the run and may have scaled the consumers already
     * @param onScaled called once, when the producer's service is at zero, so that nothing restarts this process
     */
    public int scaleToZero(int code, boolean repeated, Runnable onScaled) {
        return ended(toZero(onScaled).run(repeated), code);
    }

    /** Scales to 0 from a process outside the producer's service, so it waits neither for an apply nor for SIGTERM. */
    public int scaleToZeroAtOnce(int code, Runnable onScaled) {
        return ended(toZero(onScaled).runAtOnce(), code);
    }

    private ScaleToZero toZero(Runnable onScaled) {
        Consumer<ScaleToZero.End> scaled = consumers -> {
            if (consumers == ScaleToZero.End.SCALED) {
                scaled();
            }
            onScaled.run();
        };
        return new ScaleToZero(scaler, settings, signal, clock, FIRST_PAUSE, scaled);
    }

    private int ended(ScaleToZero.End end, int code) {
        if (end == ScaleToZero.End.SCALED) {
            signal.exitWith(code);
        }
        return end == ScaleToZero.End.NOT_FOUND ? ExitCode.FAILED : code;
    }

    /**
     * Whether the services may be scaled to zero after the preflight refused. Not if the producer's service has another
     * name, nor while it is being deployed: then ECS itself stops restarting the task, and returns to the revision before.
     */
    public boolean mayScaleAfterRefusal() {
        try {
            return scaler.state(settings.producerService())
                    .filter(state -> state.deployments() == 1)
                    .isPresent();
        } catch (Unavailable | Rejected unknown) {
            LOG.warn("{} The services aren't scaled to zero", unknown.getMessage());
            return false;
        }
    }

    private void scaled() {
        try {
            pending.done();
        } catch (Unavailable failure) {
            LOG.warn(
                    "{}. The services are scaled to zero, but that isn't recorded: the next start repeats it",
                    failure.getMessage());
        }
    }
}
