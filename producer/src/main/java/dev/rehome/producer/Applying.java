package dev.rehome.producer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.ApplyResult;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.catalog.ReferenceUpdate;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.LogFields;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.CopiedBatch;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.throttle.Throttle;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Applies copied batches, one bulk update each, and holds the producer's lock on the connection that runs the updates.
 * The queue forgets a batch only after its update was committed. A batch with a row that somebody else has locked is
 * retried later; the others are applied meanwhile.
 */
final class Applying implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Applying.class);
    private static final int BATCHES_PER_STEP = 20;
    private static final int MAX_REQUEUES = 3;
    private static final Duration IDLE = Duration.ofMillis(50);
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);
    private static final Backoff LOCKED_ROW = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final LeaderLock lock;
    private final ReferenceUpdate update;
    private final BatchPublisher queue;
    private final Leadership leadership;
    private final Supplier<String> throttle;
    private final Progress progress;
    private final MonotonicClock clock;
    private final Map<BatchId, Retry> retries = new HashMap<>();
    private final Map<BatchId, Integer> requeues = new HashMap<>();

    /** {@code throttle} returns why nothing may be applied now; empty when it may. */
    Applying(
            LeaderLock lock,
            ReferenceUpdate update,
            BatchPublisher queue,
            Leadership leadership,
            Supplier<String> throttle,
            Progress progress,
            MonotonicClock clock) {
        this.lock = lock;
        this.update = update;
        this.queue = queue;
        this.leadership = leadership;
        this.throttle = throttle;
        this.progress = progress;
        this.clock = clock;
    }

    @Override
    public Duration run() {
        if (!holdsLock()) {
            return IDLE;
        }
        // Batches that wait for a retry are at the head of the list: read past them.
        List<CopiedBatch> copied = queue.copied(BATCHES_PER_STEP + retries.size());
        retries.keySet().retainAll(copied.stream().map(CopiedBatch::id).toList());
        boolean idle = true;
        for (CopiedBatch batch : copied) {
            if (!throttle.get().isEmpty()) {
                return Throttle.RECHECK;
            }
            Retry retry = retries.get(batch.id());
            if (retry == null || clock.now().compareTo(retry.due()) >= 0) {
                apply(batch);
                idle = false;
            }
        }
        return idle ? IDLE : Duration.ZERO;
    }

    private boolean holdsLock() {
        boolean held = false;
        try {
            // The leader doesn't wait: if another producer took the lock, publishing must stop at once.
            held = lock.acquire(leadership.term() == 0 ? LOCK_WAIT : Duration.ZERO);
        } finally {
            if (held) {
                leadership.taken();
            } else if (leadership.term() != 0) {
                LOG.warn("Lost the producer's lock; suspending publishing and applying until it is reacquired");
                leadership.lost();
            }
        }
        return held;
    }

    private void apply(CopiedBatch batch) {
        MDC.put(LogFields.BATCH, batch.id().toString());
        try {
            applyNow(batch);
        } finally {
            MDC.remove(LogFields.BATCH);
        }
    }

    private void applyNow(CopiedBatch batch) {
        if (batch.records() == 0) {
            LOG.warn("Batch {}: the queue lost its data; the next pass publishes its records again", batch.id());
            queue.finish(batch.id());
            return;
        }
        ApplyResult result;
        try {
            result = update.apply(batch.id(), batch.records());
        } catch (Unavailable trouble) {
            retryLater(batch, trouble);
            return;
        }
        retries.remove(batch.id());
        if (result.isApplied()) {
            finish(batch, result);
        } else {
            copyAgain(batch, result.missing());
        }
    }

    private void finish(CopiedBatch batch, ApplyResult result) {
        // Counted first: once the queue is empty, the pass may end, and the count decides whether it made progress.
        progress.applied(batch.id(), result.totals());
        if (!queue.finish(batch.id())) {
            // The lock may still be held: in a new term, publishing leads the queue again before this is retried.
            leadership.renew();
            throw new Unavailable("The queue has another leader; checking the producer's lock");
        }
        progress.finished(batch.id());
        requeues.remove(batch.id());
    }

    /** Requeues the batch for the consumers; after a few times, drops it and leaves its records to the next pass. */
    private void copyAgain(CopiedBatch batch, int missing) {
        int times = requeues.merge(batch.id(), 1, Integer::sum);
        if (times > MAX_REQUEUES) {
            LOG.warn(
                    "Batch {}: {} outcomes are missing from the mapping table after {} requeues; dropping the batch, the next"
                            + " pass publishes its records again",
                    batch.id(),
                    missing,
                    MAX_REQUEUES);
            queue.finish(batch.id());
            requeues.remove(batch.id());
            return;
        }
        LOG.warn("Batch {}: {} outcomes are missing from the mapping table; requeued", batch.id(), missing);
        queue.requeue(batch.id(), missing + " outcomes missing");
    }

    /** Retries this batch later if the database still responds; if it doesn't, every batch has to wait. */
    private void retryLater(CopiedBatch batch, Unavailable trouble) {
        if (!lock.acquire(Duration.ZERO)) {
            throw trouble;
        }
        Retry last = retries.get(batch.id());
        int failures = last == null ? 1 : last.failures() + 1;
        Duration delay = LOCKED_ROW.delay(failures);
        retries.put(batch.id(), new Retry(failures, clock.now().plus(delay)));
        LOG.warn("{}; retrying this batch in {} s, applying the others", trouble.getMessage(), delay.toSeconds());
    }

    private record Retry(int failures, Duration due) {}
}
