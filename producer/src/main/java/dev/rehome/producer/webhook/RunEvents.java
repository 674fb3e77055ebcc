package dev.rehome.producer.webhook;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.EventLedger;
import dev.rehome.common.catalog.EventLedger.Sent;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.Retries;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.queue.OperatorControl.Change;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of one run: its start, each hold and its end. Only the leading producer sends them. The ledger records
 * each event that the receiver accepted, so a restart or another leader continues after it, and sends an event again only if
 * the previous process died between the receiver's response and that record. An event is sent until the receiver accepts it, in order; the run
 * doesn't wait, except for a few seconds at its end. For one thread.
 */
public final class RunEvents implements Loop.Step {
    /** How long the end of the producer waits for the receiver. */
    static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(RunEvents.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofDays(1_000);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    /** As many as the queue keeps. */
    private static final long MOST_CHANGES = 1_000;

    private final Run run;
    private final OperatorControl control;
    private final EventLedger ledger;
    private final Consumer<RunEvent> receiver;
    private final InstantSource time;
    private final Retries lastTries;
    private OptionalLong firstRevision = OptionalLong.empty();
    private OptionalLong sentUpTo = OptionalLong.empty();
    private int failures;

    /**
     * @param receiver throws {@link Unavailable} when it may not have received the event
     * @param lastTries how to wait between tries at the end
     */
    public RunEvents(
            Run run,
            OperatorControl control,
            EventLedger ledger,
            Consumer<RunEvent> receiver,
            InstantSource time,
            Retries lastTries) {
        this.run = run;
        this.control = control;
        this.ledger = ledger;
        this.receiver = receiver;
        this.time = time;
        this.lastTries = lastTries;
    }

    /** Sends the next event, if there is one. */
    @Override
    public Duration run() {
        try {
            boolean sent = sendNext();
            failures = 0;
            return sent ? Duration.ZERO : PERIOD;
        } catch (Unavailable trouble) {
            failures++;
            if (Integer.bitCount(failures) == 1) {
                LOG.warn("{}; attempt {}, retrying until it succeeds", trouble.getMessage(), failures);
            }
            return BACKOFF.delay(failures);
        } catch (Rejected refused) {
            // The run continues without them.
            LOG.error("No more events of this run are sent to the webhook: {}", refused.getMessage());
            return NEVER;
        }
    }

    private boolean sendNext() {
        ControlState state = control.state();
        if (sentUpTo.equals(OptionalLong.of(state.revision()))) {
            return false;
        }
        Optional<Sent> sent = ledger.sent(run.number());
        if (sent.isEmpty()) {
            sendStart(state);
            return true;
        }
        Optional<Change> next = changesAfter(sent.get().revision(), state.revision());
        if (next.isEmpty()) {
            sentUpTo = OptionalLong.of(state.revision());
            return false;
        }
        Change change = next.get();
        receiver.accept(event(change));
        ledger.sent(run.number(), new Sent(change.revision(), sent.get().end()));
        return true;
    }

    /** A hold that existed before the run's start isn't sent as an event of its own; the start names it. */
    private void sendStart(ControlState state) {
        firstRevision = OptionalLong.of(firstRevision.orElse(state.revision()));
        String held = state.hold().map(hold -> "; it is " + hold).orElse("");
        receiver.accept(new RunEvent(
                run.id() + "/started", "started", run.started(), "run " + run.number() + " has started" + held));
        ledger.sent(run.number(), new Sent(firstRevision.getAsLong(), false));
    }

    /** The oldest hold after a revision, except {@code stopped}: the receiver already has the stop and the end. */
    private Optional<Change> changesAfter(long revision, long latest) {
        if (latest <= revision) {
            return Optional.empty();
        }
        int most = (int) Math.min(MOST_CHANGES, latest - revision);
        return control.changes(most).stream()
                .filter(change -> change.revision() > revision && change.name().equals(OperatorControl.HOLD))
                .filter(change -> !Hold.parse(change.after()).map(Hold::kind).equals(Optional.of(Hold.Kind.STOPPED)))
                .min(Comparator.comparingLong(Change::revision));
    }

    private RunEvent event(Change change) {
        Optional<Hold> hold = Hold.parse(change.after());
        return new RunEvent(
                run.id() + "/change-" + change.revision(),
                hold.map(now -> now.kind().name().toLowerCase(Locale.ROOT)).orElse("resumed"),
                change.at(),
                hold.map(Hold::reason).orElse("it was " + change.before()) + " (by " + change.author() + ")");
    }

    /**
     * Sends the events that aren't sent yet, and then the end of the work on the run. Gives up after a few seconds: the next
     * start of a producer then sends the remaining events, but no end of an incomplete run.
     *
     * @param producer names this start of the producer
     * @param detail how the run ended, in words
     */
    public void end(boolean complete, String producer, String detail) {
        sentUpTo = OptionalLong.empty();
        try {
            boolean unused = lastTries.call(() -> sendEnd(complete, producer, detail), LAST_WAIT);
        } catch (Unavailable | Rejected trouble) {
            LOG.warn(
                    "{}; {}",
                    trouble.getMessage(),
                    complete ? "the next start of a producer sends the end of the run" : "the end isn't sent");
        }
    }

    private boolean sendEnd(boolean complete, String producer, String detail) {
        while (sendNext()) {
            LOG.debug("Sent an event of run {}", run.number());
        }
        Optional<Sent> sent = ledger.sent(run.number());
        if (complete && sent.filter(Sent::end).isPresent()) {
            return false;
        }
        String id = run.id() + "/ended" + (complete ? "" : "-" + producer);
        receiver.accept(new RunEvent(id, "ended", run.completed().orElseGet(time::instant), detail));
        if (complete) {
            ledger.sent(run.number(), new Sent(sent.orElseThrow().revision(), true));
        }
        return true;
    }

    /** Sends the end of a complete run whose producer couldn't; nothing when the receiver doesn't know the run. */
    public void endIfMissing(String producer) {
        try {
            if (run.completed().isPresent()
                    && ledger.sent(run.number()).filter(known -> !known.end()).isPresent()) {
                end(true, producer, "the run is complete");
            }
        } catch (Unavailable | Rejected trouble) {
            LOG.warn("{}; the end of run {} isn't sent to the webhook now", trouble.getMessage(), run.number());
        }
    }
}
