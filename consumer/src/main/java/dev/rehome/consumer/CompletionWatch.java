package dev.rehome.consumer;

import dev.rehome.common.batch.RunId;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.WaitLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether an idle consumer may exit, and whether claims are held by an operator or the throttle.
 *
 * <p>Only the ledger in the database shows that a run is complete; an empty queue doesn't. A run that was complete before
 * this consumer started ends it only after a while, because the next run may be about to start. Safe for use by any
 * thread.
 */
final class CompletionWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);
    /** How long to wait for a new run if the latest one was complete before this consumer started. */
    static final Duration NEXT_RUN = Duration.ofSeconds(60);

    private final RunLedger ledger;
    private final Supplier<String> hold;
    private final MonotonicClock clock;
    private final WaitLog waits;
    private final boolean exits;
    private final Runnable onComplete;
    private final Duration started;
    private Instant startedByLedger;
    private Duration idleSince;
    private Duration lastLook;
    private Duration lastControl;
    private Optional<Run> latest = Optional.empty();
    private volatile String held = "";

    /**
     * Starts watching.
     *
     * @param hold reads why nothing may be claimed now; empty when batches may be claimed
     * @param exits whether the consumer exits when the run is complete
     * @param onComplete called, perhaps more than once, when the consumer may exit
     */
    CompletionWatch(RunLedger ledger, Supplier<String> hold, MonotonicClock clock, boolean exits, Runnable onComplete) {
        this.ledger = ledger;
        this.hold = hold;
        this.clock = clock;
        this.waits = new WaitLog(
                BETWEEN_LINES,
                clock,
                reason -> LOG.info("Claiming no batches for now: {}", reason),
                () -> LOG.info("Claiming batches again"));
        this.exits = exits;
        this.onComplete = onComplete;
        this.started = clock.now();
        this.lastLook = started.minus(INTERVAL);
        this.lastControl = started.minus(INTERVAL);
    }

    /** Whether nothing may be claimed now: held by an operator, or throttled. Reads the reason once a second. */
    synchronized boolean isHeld() {
        refresh();
        return !held.isEmpty();
    }

    /** Why nothing is claimed, as of the last look; empty when it isn't held. Never waits for the queue or the ledger. */
    String held() {
        return held;
    }

    private void refresh() {
        if (isDue(lastControl)) {
            String reason = hold.get();
            waits.reason(reason);
            held = reason;
            lastControl = clock.now();
        }
    }

    /** The ledger's latest run, read once a second; empty before the first. */
    synchronized Optional<RunId> latestRun() {
        if (isDue(lastLook)) {
            latest = ledger.latest();
            lastLook = clock.now();
        }
        return latest.map(Run::id);
    }

    /** A batch was claimed. */
    synchronized void busy() {
        idleSince = null;
    }

    /** The queue had no batch for this consumer, which still processes {@code inFlight} others. */
    synchronized void idle(int inFlight) {
        if (inFlight > 0) {
            idleSince = null;
            return;
        }
        if (startedByLedger == null) {
            // A busy consumer is idle for the first time long after its start.
            startedByLedger = ledger.now().minus(clock.now().minus(started));
        }
        if (idleSince == null) {
            idleSince = clock.now();
        }
        if (exits) {
            latestRun();
            exitIfComplete();
        }
    }

    private void exitIfComplete() {
        Optional<Instant> completed = latest.flatMap(Run::completed);
        if (completed.isEmpty()) {
            return;
        }
        boolean sinceStart = completed.get().isAfter(startedByLedger);
        if (sinceStart || clock.now().minus(idleSince).compareTo(NEXT_RUN) >= 0) {
            LOG.info("The run is complete; exiting");
            onComplete.run();
        }
    }

    private boolean isDue(Duration last) {
        return clock.now().minus(last).compareTo(INTERVAL) >= 0;
    }
}
