package dev.rehome.producer;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.BatchLedger;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.BatchReaper.Recovered;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Returns what dead consumers held, halves batches that kill their consumers until the single record stands alone, and
 * mends ids that got lost. Dead letters never block the end: the last one becomes a failed record.
 */
final class Recovering implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Recovering.class);
    private static final int ROUND = 100;
    private static final int RECONCILE_EVERY = 12;

    private final BatchReaper reaper;
    private final BatchPublisher queue;
    private final OutcomeLedger outcomes;
    private final BatchLedger batches;
    private final Supplier<BatchId> ids;
    private final Leadership leadership;
    private final Duration period;
    private int rounds;

    Recovering(
            BatchReaper reaper,
            BatchPublisher queue,
            OutcomeLedger outcomes,
            BatchLedger batches,
            Supplier<BatchId> ids,
            Leadership leadership,
            Duration lease) {
        this.reaper = reaper;
        this.queue = queue;
        this.outcomes = outcomes;
        this.batches = batches;
        this.ids = ids;
        this.leadership = leadership;
        this.period =
                lease.dividedBy(4).compareTo(Duration.ofSeconds(5)) < 0 ? lease.dividedBy(4) : Duration.ofSeconds(5);
    }

    @Override
    public Duration run() {
        if (leadership.term() == 0) {
            return period;
        }
        Recovered recovered = reaper.recover();
        if (recovered.toPending() + recovered.toDead() > 0) {
            LOG.warn(
                    "Leases ran out: {} batches go to other consumers, {} had their last attempt",
                    recovered.toPending(),
                    recovered.toDead());
        }
        for (BatchId dead : reaper.dead(ROUND)) {
            bury(dead);
        }
        if (rounds++ % RECONCILE_EVERY == 0) {
            int mended = reaper.reconcile();
            if (mended > 0) {
                LOG.warn("{} batches stood in no list of the queue or in a wrong one; put right", mended);
            }
        }
        return period;
    }

    private void bury(BatchId dead) {
        Optional<Batch> batch = reaper.payload(dead);
        if (batch.isEmpty()) {
            queue.finish(dead);
        } else if (batch.get().size() == 1) {
            String message = "Every consumer that worked on "
                    + batch.get().records().get(0).location() + " died";
            LOG.error("Batch {}: {}", dead, message);
            outcomes.record(batch.get(), List.of(new FailedRecord(0, FailureCode.ATTEMPTS_EXHAUSTED, message)));
            batches.recordDeadLetter(dead);
            queue.finish(dead);
        } else {
            LOG.warn("Batch {}: its consumers died each time; halving it to find the record", dead);
            reaper.split(dead, halves(batch.get()));
        }
    }

    private List<Batch> halves(Batch batch) {
        int middle = batch.size() / 2;
        return List.of(
                new Batch(ids.get(), batch.run(), batch.records().subList(0, middle)),
                new Batch(ids.get(), batch.run(), batch.records().subList(middle, batch.size())));
    }
}
