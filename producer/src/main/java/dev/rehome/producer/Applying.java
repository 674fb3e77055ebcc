package dev.rehome.producer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.ApplyResult;
import dev.rehome.common.catalog.CatalogWriter;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.CopiedBatch;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.throttle.Throttle;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies copied batches, one bulk update each: first the committed update, then the queue forgets the batch. Holds the
 * producer's lock, on the connection that updates. A batch whose rows somebody holds locked waits; the others go on.
 */
final class Applying implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Applying.class);
    private static final int ROUND = 20;
    private static final Duration IDLE = Duration.ofMillis(50);
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

    private final CatalogWriter session;
    private final BatchPublisher queue;
    private final Leadership leadership;
    private final Throttle throttle;
    private final Progress progress;
    private final InstantSource time;
    private final Map<BatchId, HeldUp> heldUp = new HashMap<>();

    Applying(
            CatalogWriter session,
            BatchPublisher queue,
            Leadership leadership,
            Throttle throttle,
            Progress progress,
            InstantSource time) {
        this.session = session;
        this.queue = queue;
        this.leadership = leadership;
        this.throttle = throttle;
        this.progress = progress;
        this.time = time;
    }

    @Override
    public Duration run() {
        if (!holdsLock()) {
            return IDLE;
        }
        // Those that wait stand in front of the others.
        List<CopiedBatch> copied = queue.copied(ROUND + heldUp.size());
        heldUp.keySet().retainAll(copied.stream().map(CopiedBatch::id).toList());
        boolean idle = true;
        for (CopiedBatch batch : copied) {
            if (!throttle.reason().isEmpty()) {
                return Throttle.RECHECK;
            }
            HeldUp wait = heldUp.get(batch.id());
            if (wait == null || wait.isOver(time.instant())) {
                apply(batch);
                idle = false;
            }
        }
        return idle ? IDLE : Duration.ZERO;
    }

    private boolean holdsLock() {
        boolean held = false;
        try {
            // While we lead, a lock that became another's must show at once: publishing goes on meanwhile.
            held = session.acquire(leadership.term() == 0 ? LOCK_WAIT : Duration.ZERO);
        } finally {
            if (held) {
                leadership.taken();
            } else if (leadership.term() != 0) {
                LOG.warn("The producer's lock is lost: not publishing or applying until it is back");
                leadership.lost();
            }
        }
        return held;
    }

    private void apply(CopiedBatch batch) {
        if (batch.records() == 0) {
            LOG.warn("Batch {}: the queue lost what it knew of it; the next pass finds its records", batch.id());
            queue.finish(batch.id());
            return;
        }
        ApplyResult result;
        try {
            result = session.apply(batch.id(), batch.records());
        } catch (Unavailable trouble) {
            wait(batch, trouble);
            return;
        }
        heldUp.remove(batch.id());
        if (!result.isApplied()) {
            LOG.warn(
                    "Batch {}: {} outcomes are missing; giving it back to the consumers", batch.id(), result.missing());
            queue.requeue(batch.id(), result.missing() + " outcomes missing");
            return;
        }
        if (!queue.finish(batch.id())) {
            // Not lost: publishing must see a term, and lead the queue in it, before we try again.
            leadership.renew();
            throw new Unavailable("The queue knows another leader; checking the lock");
        }
        progress.applied(result);
    }

    /** A lock that somebody holds is one batch's trouble; a database that is away is everybody's. */
    private void wait(CopiedBatch batch, Unavailable trouble) {
        if (!session.acquire(Duration.ZERO)) {
            throw trouble;
        }
        HeldUp wait = HeldUp.after(heldUp.get(batch.id()), time.instant());
        heldUp.put(batch.id(), wait);
        LOG.warn(
                "{}; trying again in {} s, the other batches go on",
                trouble.getMessage(),
                wait.pause().toSeconds());
    }

    /** How long a batch is left alone: longer each time, up to ten seconds. */
    private record HeldUp(Instant since, Duration pause) {
        private static final Duration FIRST = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofSeconds(10);

        static HeldUp after(HeldUp earlier, Instant now) {
            if (earlier == null) {
                return new HeldUp(now, FIRST);
            }
            Duration longer = earlier.pause().multipliedBy(2);
            return new HeldUp(now, longer.compareTo(LONGEST) < 0 ? longer : LONGEST);
        }

        /** Also when the clock was set back. */
        boolean isOver(Instant now) {
            return Duration.between(since, now).abs().compareTo(pause) >= 0;
        }
    }
}
