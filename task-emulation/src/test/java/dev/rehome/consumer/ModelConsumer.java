package dev.rehome.consumer;

import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Transfer;
import java.time.Duration;
import java.util.Optional;

/** The consumer's own rules, one batch at a time, on the caller's thread. */
public final class ModelConsumer {
    private final BatchClaimer queue;
    private final RunLedger ledger;
    private final BatchProcessing processing;
    private final ActiveLeases leases;
    private final Heartbeat heartbeat;

    /** The copies must complete before they return. */
    public ModelConsumer(
            BatchClaimer queue,
            OutcomeLedger mappings,
            Transfer copies,
            MigrationSettings migration,
            RunLedger ledger) {
        this.queue = queue;
        this.ledger = ledger;
        MonotonicClock clock = MonotonicClock.system();
        this.leases = new ActiveLeases(clock);
        CopiedObjectCheck check = new CopiedObjectCheck((source, target) -> Optional.empty(), Optional::empty);
        RecordCopy records = new RecordCopy(
                copies,
                migration.keys(),
                new Location("memory", migration.sourceBucket(), ""),
                new Location("memory", migration.targetBucket(), ""));
        BatchCopy batchCopy = new BatchCopy(
                records,
                new AdaptiveConcurrencyLimit(clock, 1_000),
                new StoreHealth(clock, check),
                check,
                clock,
                new BatchCopy.Retries(new Backoff(Duration.ofNanos(1), Duration.ofNanos(1)), 10));
        this.processing = new BatchProcessing(
                queue, mappings, batchCopy, new AccessCircuitBreaker(clock, check), new ConsumerProgress());
        this.heartbeat = new Heartbeat(queue, leases);
    }

    /** Claims a batch, if there is one, and works on it to its end. */
    public void step() {
        Optional<Claim> claim = ledger.latest().map(RunLedger.Run::id).flatMap(queue::claim);
        if (claim.isPresent()) {
            ActiveLease held =
                    leases.add(claim.get().lease(), leases.clock().now().plus(queue.leaseTime()));
            try {
                processing.process(claim.get(), held);
            } finally {
                leases.remove(claim.get().lease());
            }
        }
    }

    /** Extends what it holds, as its own thread would in the middle of the work. */
    public void beat() {
        heartbeat.run();
    }
}
