package dev.rehome.producer.scaling;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.PendingScaleDown;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.scaling.ServiceScaler;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run whose processes are services: checks them before, watches over the consumers meanwhile, scales to zero after. */
public final class ServiceRun {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRun.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    /** Longer than any call to the scaler. */
    private static final Duration LAST_CALL = Duration.ofMinutes(2);

    private final ServiceScaler scaler;
    private final ScalingSettings settings;
    private final PendingScaleDown pending;
    private final ShutdownSignal signal;
    private final MonotonicClock time = MonotonicClock.system();

    public ServiceRun(ServiceScaler scaler, ScalingSettings settings, PendingScaleDown pending, ShutdownSignal signal) {
        this.scaler = scaler;
        this.settings = settings;
        this.pending = pending;
        this.signal = signal;
    }

    /**
     * Runs the migration and, when it is complete, scales the services.
     *
     * @param migration runs it and returns the exit code
     * @param onlyScaling whether the migration had nothing left to do but this
     */
    public int run(IntSupplier migration, BooleanSupplier onlyScaling) {
        List<PreflightFinding> findings = ServiceCheck.of(scaler, settings, true);
        findings.forEach(finding -> LOG.warn("{}: {}", finding.severity(), finding.text()));
        if (findings.stream().anyMatch(finding -> finding.severity() == Severity.REFUSED)) {
            LOG.error("Refused by the preflight: nothing was changed");
            return ExitCode.REFUSED;
        }
        int code = watched(migration);
        if (code == ExitCode.REFUSED || code == ExitCode.FAILED || signal.isRequested()) {
            return code;
        }
        ScaleToZero.End end = new ScaleToZero(scaler, settings, signal, time, FIRST_PAUSE, this::scaled)
                .run(onlyScaling.getAsBoolean());
        if (end == ScaleToZero.End.SCALED) {
            signal.exitWith(code);
        }
        return end == ScaleToZero.End.NOT_FOUND ? ExitCode.FAILED : code;
    }

    private int watched(IntSupplier migration) {
        Loop watch = new Loop(
                        "consumer-watch",
                        new ConsumerWatch(scaler, settings.consumerService(), time),
                        failure -> LOG.error("Nobody watches whether the run has consumers any more", failure))
                .start();
        try {
            return migration.getAsInt();
        } finally {
            // Its last call must not raise the consumers after they were scaled to zero.
            watch.close(signal.isRequested() ? Duration.ZERO : LAST_CALL);
        }
    }

    private void scaled() {
        try {
            pending.done();
        } catch (Unavailable failure) {
            LOG.warn(
                    "{}. The services are scaled but that isn't recorded: the next start repeats it",
                    failure.getMessage());
        }
    }
}
