package dev.rehome.consumer;

import dev.rehome.common.batch.RunId;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an idle consumer may end, and whether the run is paused or throttled.
 *
 * <p>Only the ledger in the database says that a migration is complete: an empty queue doesn't. A run that was complete
 * before this consumer started ends it only after a while, for the next run may be about to start. Safe for use by any
 * thread.
 */
final class RunState {
    private static final Logger LOG = LoggerFactory.getLogger(RunState.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** How long to wait for a new run when the last one was complete before we came. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunLedger ledger;
    private final ControlChannel control;
    private final InstantSource time;
    private final boolean endless;
    private final Runnable onComplete;
    private final Instant made;
    private Instant startedByLedger;
    private Instant idleSince;
    private Instant lastLook = Instant.EPOCH;
    private Optional<Run> latest = Optional.empty();
    private Instant lastControl = Instant.EPOCH;
    private boolean held;

    /**
     * Makes it.
     *
     * @param endless whether the consumer never ends by itself
     * @param onComplete called, perhaps more than once, when the consumer may end
     */
    RunState(RunLedger ledger, ControlChannel control, InstantSource time, boolean endless, Runnable onComplete) {
        this.ledger = ledger;
        this.control = control;
        this.time = time;
        this.endless = endless;
        this.onComplete = onComplete;
        this.made = time.instant();
    }

    /** Whether nothing may be claimed now: paused by an operator, or throttled; asked of the queue once a second. */
    synchronized boolean isHeld() {
        if (elapsed(lastControl, LOOK)) {
            String pause = control.pauseReason();
            String reason = pause.isEmpty() ? control.throttleReason() : "paused: " + pause;
            if (held == reason.isEmpty()) {
                LOG.info(reason.isEmpty() ? "Claiming again" : "Claiming nothing for now: {}", reason);
            }
            held = !reason.isEmpty();
            lastControl = time.instant();
        }
        return held;
    }

    /** The ledger's latest run, at most a second old; empty before the first. */
    synchronized Optional<RunId> current() {
        if (elapsed(lastLook, LOOK)) {
            latest = ledger.latest();
            lastLook = time.instant();
        }
        return latest.map(Run::id);
    }

    /** There was something to do. */
    synchronized void busy() {
        idleSince = null;
    }

    /** There was nothing to claim. */
    synchronized void idle(Instant now, int inFlight) {
        if (inFlight > 0) {
            idleSince = null;
            return;
        }
        if (startedByLedger == null) {
            // Our first idle moment may be long after our start: a busy consumer has none before the end.
            startedByLedger = ledger.now().minus(Duration.between(made, time.instant()));
        }
        if (idleSince == null || now.isBefore(idleSince)) {
            idleSince = now;
        }
        if (!endless) {
            current();
            look(now);
        }
    }

    private void look(Instant now) {
        Optional<Instant> completed = latest.flatMap(Run::completed);
        if (completed.isEmpty()) {
            return;
        }
        boolean whileHere = completed.get().isAfter(startedByLedger);
        if (whileHere || Duration.between(idleSince, now).compareTo(PATIENCE) >= 0) {
            LOG.info("The migration is complete: nothing left to do");
            onComplete.run();
        }
    }

    private boolean elapsed(Instant since, Duration time) {
        // After a clock that is set back nothing may wait for the time that it repeats.
        return Duration.between(since, this.time.instant()).abs().compareTo(time) >= 0;
    }
}
