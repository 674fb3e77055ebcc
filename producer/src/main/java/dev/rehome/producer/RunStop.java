package dev.rehome.producer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.producer.progress.RunSnapshot;
import dev.rehome.producer.throttle.AcceptedFailures;
import dev.rehome.producer.throttle.Share;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a stop that an operator or a hard limit has requested. The hold is {@code stopping} until a producer has ended
 * because of it, then {@code stopped}. A producer that is restarted in between carries the stop out; the start after that
 * continues the run.
 *
 * @param totals reads the totals of a run
 * @param snapshot the latest snapshot of this start
 * @param producer the name of this start
 */
record RunStop(
        OperatorControl control, IntFunction<RecordTotals> totals, Supplier<RunSnapshot> snapshot, String producer) {
    private static final Logger LOG = LoggerFactory.getLogger(RunStop.class);
    /** An abort has to end the processes within seconds, even while the database is unavailable. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /**
     * The stop that this start must carry out; empty when the run may continue. Ends a stop that was carried out before this
     * start. A stop that was carried out while this start waited for the lock applies to this producer too: an abort ends
     * all producers, so that no standby takes over.
     *
     * @param found the operators' hold and live settings before this start waited for the lock
     */
    Optional<Hold> atStart(ControlState found) {
        ControlState now = control.state();
        Optional<Hold> stop = now.hold().filter(Hold::isStop);
        boolean carriedOut =
                stop.filter(hold -> hold.kind() == Hold.Kind.STOPPED).isPresent();
        if (carriedOut && now.revision() == found.revision()) {
            LOG.warn("The run was {}; this start continues it", stop.orElseThrow());
            control.resume("start of " + producer);
            return Optional.empty();
        }
        return stop;
    }

    /** Ends the work on a run, and records its failures so far: starting the run again accepts them. */
    RunEnd carryOut(Run run, Hold hold, UntilAvailable untilAvailable) {
        LOG.error(
                "The run is {}. It is incomplete; remove the cause, then start the producer again to continue it",
                hold);
        try {
            untilAvailable.call(() -> accept(run.number()), LONGEST_WAIT);
        } catch (Unavailable trouble) {
            LOG.warn(
                    "{}. Couldn't record the failures so far as accepted: the CRITICAL_FAILED_… limits may stop the next"
                            + " start again",
                    trouble.getMessage());
        }
        return RunEnd.ABORTED;
    }

    private Optional<String> accept(int run) {
        RecordTotals finished = finished(run);
        Share failures = new Share(finished.failed(), finished.total());
        return control.set(AcceptedFailures.NAME, new AcceptedFailures(run, failures).toString(), producer);
    }

    /** The totals; while the database is unavailable, those of the latest snapshot, because a stop doesn't wait for it. */
    private RecordTotals finished(int run) {
        try {
            return totals.apply(run);
        } catch (Unavailable away) {
            RunSnapshot last = snapshot.get();
            if (last.run().number() != run) {
                throw away;
            }
            return last.counts().applied();
        }
    }

    /** Cancels a stop that was requested while the run completed: it must not stop the next run. */
    void complete() {
        try {
            if (control.state().hold().map(Hold::kind).equals(Optional.of(Hold.Kind.STOPPING))) {
                control.resume("end of the run by " + producer);
            }
        } catch (Unavailable trouble) {
            LOG.warn(
                    "{}. If an abort was requested just before the end, it will stop the next run; `producer resume`"
                            + " cancels it",
                    trouble.getMessage());
        }
    }

    /** Records that the stop is carried out, once nothing restarts this process: the next start continues the run. */
    void done() {
        try {
            control.stopped(producer);
        } catch (Unavailable trouble) {
            LOG.warn(
                    "{}. Couldn't record that the stop was carried out: the next start will stop again, and the one after"
                            + " it continues the run. `producer resume` cancels the stop",
                    trouble.getMessage());
        }
    }
}
