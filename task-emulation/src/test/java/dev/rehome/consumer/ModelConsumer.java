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
import dev.rehome.common.store.TransferCheck;
import java.time.Duration;
import java.util.Optional;

/** Production's consumer, which processes one batch at a time on the caller's thread. */
public final class ModelConsumer {
    private final BatchClaimer queue;
    private final RunLedger ledger;
    private final BatchProcessing processing;
    private final ActiveLeases leases;
    private final Heartbeat heartbeat;
    private final AccessCircuitBreaker circuit;
    private int ticks;

    /** The copies must complete before they return. */
    public ModelConsumer(
            BatchClaimer queue,
            OutcomeLedger mappings,
            Transfer copies,
            TransferCheck permissions,
            MigrationSettings migration,
            RunLedger ledger,
            MonotonicClock time) {
        this.queue = queue;
        this.ledger = ledger;
        MonotonicClock clock = MonotonicClock.system();
        this.leases = new ActiveLeases(clock);
        Location source = new Location("memory", migration.sourceBucket(), "");
        Location target = new Location("memory", migration.targetBucket(), "");
        CopiedObjectCheck check =
                new CopiedObjectCheck(permissions, () -> Optional.of(new CopiedObjectCheck.Copy(source, target)));
        StoreHealth health = new StoreHealth(() -> Duration.ofSeconds(ticks++), check);
        RecordCopy records = new RecordCopy(
                (from, to) -> {
                    health.run();
                    return copies.copy(from, to);
                },
                migration.keys(),
                source,
                target);
        BatchCopy batchCopy = new BatchCopy(
                records,
                new AdaptiveConcurrencyLimit(clock, 1_000),
                health,
                check,
                new CopyTimes(clock),
                clock,
                new BatchCopy.RetryPolicy(new Backoff(Duration.ofNanos(1), Duration.ofNanos(1)), 10));
        this.circuit = new AccessCircuitBreaker(time, check);
        this.processing = new BatchProcessing(queue, mappings, batchCopy, circuit, new ConsumerProgress(clock));
        this.heartbeat = new Heartbeat(queue, leases);
    }

    /** Claims a batch, if there is one, and works on it to its end. */
    public void step() {
        if (!circuit.tryAllow()) {
            return;
        }
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

    /** As SIGTERM does: releases its batch as soon as possible. */
    public void terminate() {
        leases.all().forEach(ActiveLease::cancel);
    }

    /** Extends its lease in the middle of the work, as the heartbeat's thread does. */
    public void beat() {
        heartbeat.run();
    }
}
