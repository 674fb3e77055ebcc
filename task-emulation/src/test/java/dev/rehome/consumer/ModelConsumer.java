package dev.rehome.consumer;

import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.Transfer;
import dev.rehome.consumer.store.AdaptiveConcurrencyLimit;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The consumer's own rules, one batch at a time, on the caller's thread. */
public final class ModelConsumer {
    private final BatchClaimer queue;
    private final RunLedger ledger;
    private final BatchProcessing processing;
    private final ActiveLeases leases = new ActiveLeases();
    private final Heartbeat heartbeat;

    /** The copies must complete before they return. */
    public ModelConsumer(
            BatchClaimer queue,
            OutcomeLedger mappings,
            Transfer copies,
            MigrationSettings migration,
            InstantSource time,
            RandomGenerator random,
            RunLedger ledger) {
        this.queue = queue;
        this.ledger = ledger;
        AccessCircuitBreaker circuit = new AccessCircuitBreaker(time);
        // No timer: copies that complete at once are never tried again later.
        RecordCopy copy =
                new RecordCopy(migration, copies, new AdaptiveConcurrencyLimit(time, 1_000), circuit, null, random);
        this.processing = new BatchProcessing(queue, mappings, copy, circuit, new ConsumerProgress());
        this.heartbeat = new Heartbeat(queue, leases);
    }

    /** Claims a batch, if there is one, and works on it to its end. */
    public void step() {
        Optional<Claim> claim = ledger.latest().map(RunLedger.Run::id).flatMap(queue::claim);
        if (claim.isPresent()) {
            ActiveLeases.Held held = leases.add(claim.get().lease());
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
