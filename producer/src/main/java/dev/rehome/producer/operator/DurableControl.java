package dev.rehome.producer.operator;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.ControlLedger;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's control whose changes outlive the queue's data. The queue distributes them, the ledger keeps them:
 *
 * <ul>
 *   <li>Every read compares the queue's revision with the ledger's. A lower one means that the queue lost changes: they are
 *       restored from the ledger before the read returns. A higher one is saved to the ledger.
 *   <li>Every change restores first, then changes the queue, then saves. It is repeated if the queue lost its data in
 *       between.
 * </ul>
 *
 * <p>So a pause that a producer or an operator has seen can't vanish with the queue. While the database is unavailable,
 * changes are still made in the queue and saved later; nothing is restored, and a read that needs it fails.
 */
public final class DurableControl implements OperatorControl {
    private static final Logger LOG = LoggerFactory.getLogger(DurableControl.class);
    /** As many as the queue keeps. */
    private static final int MOST_CHANGES = 1_000;

    private final OperatorControl queue;
    private final ControlLedger ledger;
    /** The revision that the ledger has; unknown before the first look. */
    private OptionalLong saved = OptionalLong.empty();

    private long restorations;
    private boolean reported;

    public DurableControl(OperatorControl queue, ControlLedger ledger) {
        this.queue = queue;
        this.ledger = ledger;
    }

    @Override
    public Optional<Hold> pause(String reason, String author) {
        return change(() -> queue.pause(reason, author));
    }

    @Override
    public Optional<Hold> drain(String reason, String author) {
        return change(() -> queue.drain(reason, author));
    }

    @Override
    public Optional<Hold> stop(String reason, String author) {
        return change(() -> queue.stop(reason, author));
    }

    @Override
    public void stopped(String author) {
        change(() -> {
            queue.stopped(author);
            return true;
        });
    }

    @Override
    public Optional<Hold> resume(String author) {
        return change(() -> queue.resume(author));
    }

    @Override
    public Optional<String> set(String name, String value, String author) {
        return change(() -> queue.set(name, value, author));
    }

    @Override
    public Optional<String> unset(String name, String author) {
        return change(() -> queue.unset(name, author));
    }

    @Override
    public void record(String action, String text, String author) {
        change(() -> {
            queue.record(action, text, author);
            return true;
        });
    }

    @Override
    public synchronized ControlState state() {
        // The ledger first: it never has a revision that the queue hasn't, unless the queue lost it.
        Optional<ControlState> kept = kept();
        ControlState now = queue.state();
        if (kept.isPresent()) {
            saved = OptionalLong.of(kept.get().revision());
            now = now.revision() < saved.getAsLong() ? restored(now, kept.get()) : now;
        } else if (now.revision() < saved.getAsLong()) {
            throw new Unavailable(
                    "The queue lost the operators' changes, and the ledger, which has them too, is unavailable");
        }
        if (now.revision() > saved.getAsLong()) {
            save(now.revision());
        }
        return now;
    }

    /** The ledger's state; empty while it is unavailable. The first read needs it, because nothing is known without it. */
    private Optional<ControlState> kept() {
        try {
            return Optional.of(ledger.state());
        } catch (Unavailable trouble) {
            if (saved.isEmpty()) {
                throw trouble;
            }
            return Optional.empty();
        }
    }

    @Override
    public List<Change> changes(int limit) {
        state();
        return queue.changes(limit);
    }

    @Override
    public boolean restore(ControlState state, List<Change> changes) {
        return queue.restore(state, changes);
    }

    private synchronized <T> T change(Supplier<T> change) {
        quietly("the change is made in the queue and saved to the ledger later");
        long before = restorations;
        T result = change.get();
        quietly("the leading producer saves the change");
        return restorations == before ? result : change(change);
    }

    private void quietly(String consequence) {
        try {
            state();
        } catch (Unavailable trouble) {
            LOG.warn("{}; {}", trouble.getMessage(), consequence);
        }
    }

    private ControlState restored(ControlState now, ControlState kept) {
        if (queue.restore(kept, ledger.changes(MOST_CHANGES))) {
            restorations++;
            LOG.warn(
                    "The queue lost the operators' changes (revision {} of {}); restored them from the ledger: {}",
                    now.revision(),
                    kept.revision(),
                    kept.hold().map(Hold::toString).orElse("not held") + ", live settings " + kept.settings());
        }
        return queue.state();
    }

    /** Saves the changes that the ledger doesn't have. A failure is logged once; the next read tries again. */
    private void save(long revision) {
        long missing = revision - saved.getAsLong();
        try {
            ledger.save(queue.changes((int) Math.min(MOST_CHANGES, missing)));
            // Nothing is kept before the ledger is prepared: then the next read tries again.
            saved = OptionalLong.of(ledger.state().revision());
            reported = false;
        } catch (Unavailable trouble) {
            if (!reported) {
                LOG.warn("{}; the operator's changes are saved to the ledger later", trouble.getMessage());
                reported = true;
            }
        }
    }
}
