package dev.rehome.consumer;

import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.consumer.AdaptiveConcurrencyLimit.End;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The copies of one batch between their start and the hand-over of their results. A copy that ends starts the next one on
 * the thread on which it ended: no thread is woken for a single copy, and copies go on while the batch's thread commits
 * outcomes. Safe for use by any thread.
 */
final class CopiesInFlight {
    /** The end of one try. */
    record Finished(BatchObject object, CopyResult result, Throwable failure) {
        /** The failure of the copy; null if it has a result. */
        Throwable cause() {
            return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        }

        private boolean isCopied() {
            return result instanceof CopyResult.Copied;
        }

        private End end() {
            if (isCopied()) {
                return End.SUCCEEDED;
            }
            return cause() instanceof StoreUnavailable unavailable && unavailable.isThrottled()
                    ? End.THROTTLED
                    : End.FAILED;
        }
    }

    /** This many results wake the batch's thread. */
    private static final int MANY = 64;

    private final Function<BatchObject, CompletionStage<CopyResult>> copies;
    private final AdaptiveConcurrencyLimit limit;
    private final BooleanSupplier mayStart;
    private final Deque<BatchObject> untried;
    private List<Finished> finished = new ArrayList<>();
    private int inFlight;
    private boolean urgent;

    /**
     * Starts nothing yet.
     *
     * @param copies starts a copy
     * @param mayStart whether copies may be started at this moment
     * @param objects to be started in this order
     */
    CopiesInFlight(
            Function<BatchObject, CompletionStage<CopyResult>> copies,
            AdaptiveConcurrencyLimit limit,
            BooleanSupplier mayStart,
            Collection<BatchObject> objects) {
        this.copies = copies;
        this.limit = limit;
        this.mayStart = mayStart;
        this.untried = new ArrayDeque<>(objects);
    }

    /** Starts nothing more. Copies in flight end without anybody who takes their results. */
    synchronized void stop() {
        untried.clear();
    }

    /** Whether nothing is left to start, to wait for or to take. */
    synchronized boolean isEmpty() {
        return untried.isEmpty() && !isMoving();
    }

    /** Whether copies are in flight, or results wait to be taken. */
    synchronized boolean isMoving() {
        return inFlight > 0 || !finished.isEmpty();
    }

    /** Whether objects wait for their first try. */
    synchronized boolean hasUntried() {
        return !untried.isEmpty();
    }

    /** Starts objects that weren't tried yet while there are permits; waits at most this long for the first. */
    void startUntried(Duration forPermit) {
        Duration wait = forPermit;
        while (hasUntried() && limit.tryAcquire(wait) && startWithPermit()) {
            wait = Duration.ZERO;
        }
    }

    /** Uses up a permit, or returns it if nothing may be started. */
    private boolean startWithPermit() {
        BatchObject next = next();
        if (next == null) {
            limit.giveBack();
            return false;
        }
        start(next);
        return true;
    }

    private synchronized BatchObject next() {
        return mayStart.getAsBoolean() ? untried.poll() : null;
    }

    /** Starts a copy, for which the caller has a permit. */
    void start(BatchObject object) {
        synchronized (this) {
            inFlight++;
        }
        CompletableFuture<CopyResult> copy = started(object);
        if (copy.isDone()) {
            // Starting the next one from here would recurse.
            copy.whenComplete((result, failure) -> {
                Finished end = new Finished(object, result, failure);
                limit.release(end.end());
                add(end);
            });
        } else {
            copy.whenComplete((result, failure) -> ended(new Finished(object, result, failure)));
        }
    }

    /** The copy in progress; an exception that is thrown instead becomes its failure, so that its permit is returned. */
    private CompletableFuture<CopyResult> started(BatchObject object) {
        try {
            return copies.apply(object).toCompletableFuture();
        } catch (RuntimeException | Error defect) {
            return CompletableFuture.failedFuture(defect);
        }
    }

    private void ended(Finished end) {
        if (!hasUntried()) {
            limit.release(end.end());
        } else if (limit.exchange(end.end())) {
            while (startWithPermit() && hasUntried() && limit.tryAcquireAtOnce()) {
                // A higher limit may allow several further copies.
            }
        }
        add(end);
    }

    private synchronized void add(Finished end) {
        finished.add(end);
        inFlight--;
        urgent |= !end.isCopied();
        if (urgent || inFlight == 0 || finished.size() >= MANY) {
            notifyAll();
        }
    }

    /**
     * Takes the results so far; waits for many, for one that isn't a success, or for the last, but at most this long.
     *
     * @return in the order in which they came; empty if there is none
     */
    synchronized List<Finished> take(Duration atMost) {
        boolean waits = finished.isEmpty() || (inFlight > 0 && !urgent && finished.size() < MANY);
        if (waits && !atMost.isZero()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, atMost.toNanos());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
        List<Finished> taken = finished;
        finished = new ArrayList<>();
        urgent = false;
        return taken;
    }
}
