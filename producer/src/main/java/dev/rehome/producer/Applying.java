package dev.rehome.producer;

import dev.rehome.common.catalog.ApplyResult;
import dev.rehome.common.catalog.CatalogUnavailable;
import dev.rehome.common.catalog.ProducerSession;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.CopiedBatch;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.throttle.Throttle;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies copied batches, one bulk update each: first the committed update, then the queue forgets the batch. Holds the
 * producer's lock, on the connection that updates.
 */
final class Applying implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Applying.class);
    private static final int ROUND = 20;
    private static final Duration IDLE = Duration.ofMillis(50);
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

    private final ProducerSession session;
    private final BatchPublisher queue;
    private final Leadership leadership;
    private final Throttle throttle;
    private final Progress progress;

    Applying(
            ProducerSession session,
            BatchPublisher queue,
            Leadership leadership,
            Throttle throttle,
            Progress progress) {
        this.session = session;
        this.queue = queue;
        this.leadership = leadership;
        this.throttle = throttle;
        this.progress = progress;
    }

    @Override
    public Duration run() {
        if (!holdsLock()) {
            return IDLE;
        }
        List<CopiedBatch> copied = queue.copied(ROUND);
        for (CopiedBatch batch : copied) {
            if (!throttle.reason().isEmpty()) {
                return Throttle.RECHECK;
            }
            apply(batch);
        }
        return copied.isEmpty() ? IDLE : Duration.ZERO;
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
        ApplyResult result = session.apply(batch.id(), batch.records());
        if (!result.isApplied()) {
            LOG.warn(
                    "Batch {}: {} outcomes are missing; giving it back to the consumers", batch.id(), result.missing());
            queue.requeue(batch.id(), result.missing() + " outcomes missing");
            return;
        }
        if (!queue.finish(batch.id())) {
            // Not lost: publishing must see a term, and lead the queue in it, before we try again.
            leadership.renew();
            throw new CatalogUnavailable("The queue knows another leader; checking the lock");
        }
        progress.applied(result);
    }
}
