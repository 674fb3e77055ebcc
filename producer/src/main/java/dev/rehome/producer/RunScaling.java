package dev.rehome.producer;

import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.producer.scaling.ServiceRun;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The last step of a start: scales the services to zero when nothing is left for them to do. Also after a halt, a stop or a
 * refusal, because ECS would restart the producer over and over.
 *
 * @param isCanary whether it moves a few records only: then nothing is scaled, except after a stop, because consumers wait
 *     until the producer ends them
 */
record RunScaling(Optional<ServiceRun> scaling, boolean isCanary, ShutdownSignal signal, Supplier<RunStop> stop) {
    /** Scales if this end needs it; returns the exit code. */
    int scale(RunEnd end) {
        if (end == RunEnd.ABORTED) {
            return abort(end.exitCode());
        }
        if (end.isComplete()) {
            stop.get().complete();
        }
        if (scaling.isEmpty() || isCanary || end == RunEnd.STOPPED || signal.isRequested()) {
            return end.exitCode();
        }
        if (end == RunEnd.REFUSED && !scaling.get().mayScaleAfterRefusal()) {
            return end.exitCode();
        }
        return scaling.get().scaleToZero(end.exitCode(), end == RunEnd.ALREADY_COMPLETE, () -> {});
    }

    /** The stop is carried out once nothing restarts this process: on ECS, when its own service is at zero. */
    private int abort(int code) {
        if (scaling.isPresent()) {
            return isCanary
                    ? scaling.get().scaleToZeroAtOnce(code, stop.get()::done)
                    : scaling.get().scaleToZero(code, true, stop.get()::done);
        }
        stop.get().done();
        return code;
    }
}
