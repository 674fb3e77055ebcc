package dev.rehome.consumer;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.consumer.AdaptiveConcurrencyLimit.End;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies objects of a batch, each until it has a result. While the store is unavailable, a copy is retried; an object
 * for which the store keeps failing although it serves others gets a refusal, so that it doesn't hold up its batch.
 *
 * <p>The batch's thread runs {@link #copy}; the copies themselves need no thread. Safe for use by any thread.
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
        PriorityQueue<BatchObject> waiting = new PriorityQueue<>(Comparator.comparing(object -> object.dueAt));
        waiting.addAll(objects);
        BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
        CopyState state = CopyState.FINISHED;
        int inFlight = 0;
        while (inFlight > 0 || !waiting.isEmpty()) {
            boolean cancelled = lease.isCancelled();
            if (!cancelled && lease.isCertain()) {
                inFlight += startDue(waiting, finished);
            }
            Finished next = cancelled && inFlight == 0
                    ? null
                    : poll(finished, cancelled ? SETTLING : timeToWait(waiting, lease));
            if (next == null && cancelled) {
                // Copies that are still in flight end without us; copying again is harmless.
                return CopyState.CANCELLED;
            }
            if (next != null) {
                inFlight--;
                if (!accept(next, waiting, results)) {
                    state = CopyState.BROKEN;
                }
            }
        }
        return state;
    }

    private int startDue(PriorityQueue<BatchObject> waiting, BlockingQueue<Finished> finished) {
        int started = 0;
        while (isDue(waiting) && limit.tryAcquire(finished.isEmpty() && started == 0 ? POLL_INTERVAL : Duration.ZERO)) {
            BatchObject object = waiting.remove();
            if (object.failures == 0) {
                object.servedCallsBefore = health.servedCalls();
            }
            started++;
            Duration startedAt = clock.now();
            started(object).whenComplete((result, failure) -> {
                limit.release(endOf(result, failure));
                times.add(clock.now().minus(startedAt));
                finished.add(new Finished(object, result, failure));
            });
        }
        return started;
    }

    /** The copy in progress; whatever is thrown instead is its failure, so that its permit is returned. */
    private CompletionStage<CopyResult> started(BatchObject object) {
        try {
            return copies.start(object.record());
        } catch (RuntimeException | Error defect) {
            return CompletableFuture.failedFuture(defect);
        }
    }

    private boolean isDue(PriorityQueue<BatchObject> waiting) {
        return !waiting.isEmpty() && waiting.peek().dueAt.compareTo(clock.now()) <= 0;
    }

    /** How long to wait for a result: not at all if copies can be started instead. */
    private Duration timeToWait(PriorityQueue<BatchObject> waiting, ActiveLease lease) {
        return isDue(waiting) && lease.isCertain() ? Duration.ZERO : POLL_INTERVAL;
    }

    private static Finished poll(BlockingQueue<Finished> finished, Duration atMost) {
        try {
            return finished.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static End endOf(CopyResult result, Throwable failure) {
        if (result instanceof CopyResult.Copied) {
            return End.SUCCEEDED;
        }
        return cause(failure) instanceof StoreUnavailable unavailable && unavailable.isThrottled()
                ? End.THROTTLED
                : End.FAILED;
    }

    /** Hands over the result, or queues the object for another try; false for a failure that is a defect. */
    private boolean accept(
            Finished next, PriorityQueue<BatchObject> waiting, BiConsumer<BatchObject, CopyResult> results) {
        Throwable cause = cause(next.failure());
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

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** The end of one try. */
    private record Finished(BatchObject object, CopyResult result, Throwable failure) {}
}
