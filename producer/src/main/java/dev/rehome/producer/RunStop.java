package dev.rehome.producer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.producer.throttle.AcceptedFailures;
import dev.rehome.producer.throttle.Share;
import java.util.Optional;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a stop, by an operator or a hard limit. It is requested ({@code stopping}) until a producer has ended because
 * of it ({@code stopped}): a producer that is restarted in between carries it out, and only a start after that continues the
 * run.
 *
 * @param totals reads the totals of a run
 * @param producer the name of this start
 */
record RunStop(OperatorControl control, IntFunction<RecordTotals> totals, String producer) {
    private static final Logger LOG = LoggerFactory.getLogger(RunStop.class);

    /** The stop that this start must carry out; empty when the run may continue. Ends one that was carried out before. */
    Optional<Hold> atStart() {
        Optional<Hold> stop = control.state().hold().filter(Hold::isStop);
        if (stop.filter(hold -> hold.kind() == Hold.Kind.STOPPED).isPresent()) {
            LOG.warn("The run was {}; this start continues it", stop.orElseThrow());
            control.resume("start of " + producer);
            return Optional.empty();
        }
        return stop;
    }

    /** Ends the work on a run: records which failures the person accepts who continues it. */
    RunEnd carryOut(Run run, Hold hold, UntilAvailable untilAvailable) {
        LOG.error(
                "The run is {}. It is incomplete; once the cause is removed, start the producer again to continue it",
                hold);
        untilAvailable.run(() -> accept(run.number()));
        return RunEnd.ABORTED;
    }

    private void accept(int run) {
        RecordTotals finished = totals.apply(run);
        Share failures = new Share(finished.failed(), finished.total());
        control.set(AcceptedFailures.NAME, new AcceptedFailures(run, failures).toString(), producer);
    }

    /** Nothing will restart this process: the next start is a person's. */
    void done() {
        try {
            control.stopped(producer);
        } catch (Unavailable trouble) {
            LOG.warn(
                    "{}. The stop isn't recorded as carried out: the next start ends once more, and the one after it"
                            + " continues the run. `resume` prevents that",
                    trouble.getMessage());
        }
    }
}
