package dev.rehome.consumer;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.consumer.CopiesInFlight.Finished;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies objects of a batch, each until it has a result. While the store is unavailable, a copy is retried; an object
 * for which the store keeps failing although it serves others gets a refusal, so that it doesn't hold up its batch.
 * <p>The batch's thread runs {@link #copy}; the copies themselves need no thread, and {@link CopiesInFlight} keeps them
 * going. Safe for use by any thread.
 */
final class BatchCopy {
    /**
     * When copies are retried.
     *
     * @param backoff between the tries of one object
     * @param triesPerObject the most tries of an object while the store serves others
     */
    record RetryPolicy(Backoff backoff, int triesPerObject) {
        /** Up to 20 s between tries; ten take about a minute and a half. */
        static RetryPolicy with(int triesPerObject) {
            return new RetryPolicy(new Backoff(Duration.ofMillis(400), Duration.ofSeconds(20)), triesPerObject);
        }
    }

    /** How the copies of a batch ended, from best to worst. */
    enum CopyState {
        FINISHED,
        CANCELLED,
        BROKEN
    }

    private static final Logger LOG = LoggerFactory.getLogger(BatchCopy.class);
    /** S3 may throttle one folder for many minutes while it serves others. */
    private static final int THROTTLED_TRIES_PER_TRY = 10;
    /** How long to wait for copies in flight after the batch was cancelled. */
    private static final Duration SETTLING = Duration.ofMillis(300);
    /** How long to wait for a permit or a result before looking for the other. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final RecordCopy copies;
    private final AdaptiveConcurrencyLimit limit;
    private final StoreHealth health;
    private final CopiedObjectCheck check;
    private final CopyTimes times;
    private final MonotonicClock clock;
    private final RetryPolicy retries;
    private final RandomGenerator random = RandomGenerator.getDefault();

    BatchCopy(
            RecordCopy copies,
            AdaptiveConcurrencyLimit limit,
            StoreHealth health,
            CopiedObjectCheck check,
            CopyTimes times,
            MonotonicClock clock,
            RetryPolicy retries) {
        this.copies = copies;
        this.limit = limit;
        this.health = health;
        this.check = check;
        this.times = times;
        this.clock = clock;
        this.retries = retries;
    }

    /** Copies the objects and hands over each result on this thread. */
    CopyState copy(Collection<BatchObject> objects, ActiveLease lease, BiConsumer<BatchObject, CopyResult> results) {
        PriorityQueue<BatchObject> again = new PriorityQueue<>(Comparator.comparing(object -> object.dueAt));
        CopiesInFlight copying = new CopiesInFlight(this::start, limit, () -> mayStart(lease), objects);
        try {
            return copyAll(copying, again, lease, results);
        } finally {
            // They would go on without this thread, although the lease is about to be another consumer's.
            copying.stop();
        }
    }

    private CopyState copyAll(
            CopiesInFlight copying,
            PriorityQueue<BatchObject> again,
            ActiveLease lease,
            BiConsumer<BatchObject, CopyResult> results) {
        CopyState state = CopyState.FINISHED;
        while (!copying.isEmpty() || !again.isEmpty()) {
            boolean cancelled = lease.isCancelled();
            if (mayStart(lease)) {
                startDue(again, copying);
                copying.startUntried(copying.isMoving() ? Duration.ZERO : POLL_INTERVAL);
            }
            List<Finished> finished = take(copying, again, lease, cancelled);
            if (finished.isEmpty() && cancelled) {
                // Copies that are still in flight end without us; copying again is harmless.
                return CopyState.CANCELLED;
            }
            for (Finished each : finished) {
                if (!accept(each, again, results)) {
                    state = CopyState.BROKEN;
                }
            }
        }
        return state;
    }

    private static boolean mayStart(ActiveLease lease) {
        return !lease.isCancelled() && lease.isCertain();
    }

    private CompletionStage<CopyResult> start(BatchObject object) {
        if (object.failures == 0) {
            object.servedCallsBefore = health.servedCalls();
        }
        Duration startedAt = clock.now();
        return copies.start(object.record())
                .whenComplete((result, failure) -> times.add(clock.now().minus(startedAt)));
    }

    /** Starts what is to be tried again by now, as long as there are permits. */
    private void startDue(PriorityQueue<BatchObject> again, CopiesInFlight copying) {
        while (isDue(again) && limit.tryAcquire(copying.isMoving() ? Duration.ZERO : POLL_INTERVAL)) {
            copying.start(again.remove());
        }
    }

    private boolean isDue(PriorityQueue<BatchObject> again) {
        return !again.isEmpty() && again.peek().dueAt.compareTo(clock.now()) <= 0;
    }

    /**
     * Waits for results, but not if copies can be started instead; with nothing in flight, until something may be started.
     */
    private List<Finished> take(
            CopiesInFlight copying, PriorityQueue<BatchObject> again, ActiveLease lease, boolean cancelled) {
        if (cancelled) {
            return copying.take(copying.isMoving() ? SETTLING : Duration.ZERO);
        }
        boolean canStart = mayStart(lease) && (copying.hasUntried() || isDue(again));
        return copying.take(canStart && !copying.isMoving() ? Duration.ZERO : POLL_INTERVAL);
    }

    /** Hands over the result, or queues the object for another try; false for a failure that is a defect. */
    private boolean accept(
            Finished next, PriorityQueue<BatchObject> waiting, BiConsumer<BatchObject, CopyResult> results) {
        Throwable cause = next.cause();
        if (cause instanceof Error fatal) {
            throw fatal;
        }
        if (cause instanceof StoreUnavailable unavailable) {
            if (hasUsedUpItsTries(next.object(), unavailable)) {
                results.accept(next.object(), refusal(next.object(), unavailable));
            } else {
                next.object().dueAt = clock.now().plus(retries.backoff().delay(next.object().failures, random));
                waiting.add(next.object());
            }
            return true;
        }
        if (cause != null) {
            LOG.error(
                    "{}: the copy failed unexpectedly",
                    copies.sourceOf(next.object().record()),
                    cause);
            return false;
        }
        health.served();
        if (next.result() instanceof CopyResult.Copied copied) {
            check.copied(copies.sourceOf(next.object().record()), copied.location());
        }
        results.accept(next.object(), next.result());
        return true;
    }

    private boolean hasUsedUpItsTries(BatchObject object, StoreUnavailable unavailable) {
        health.failed(unavailable.getMessage());
        LOG.debug("{}; retrying", unavailable.getMessage());
        object.failures++;
        long served = health.servedCalls();
        if (served > object.servedCallsBefore) {
            object.servedCallsBefore = served;
            object.failuresOfItsOwn++;
            object.weightOfFailures += unavailable.isThrottled() ? 1 : THROTTLED_TRIES_PER_TRY;
        }
        return object.weightOfFailures >= retries.triesPerObject() * THROTTLED_TRIES_PER_TRY;
    }

    private Refusal refusal(BatchObject object, StoreUnavailable last) {
        LOG.warn(
                "{}: failed {} times while the store served other objects; marking its records as failed. Last: {}",
                copies.sourceOf(object.record()),
                object.failuresOfItsOwn,
                last.getMessage());
        return Refusal.ofObject(
                FailureCode.STORE_ERROR,
                "failed " + object.failuresOfItsOwn + " times while the store served other objects. Last: "
                        + last.getMessage());
    }
}
