package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Rejected;
import dev.rehome.common.TestClock;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.MemoryBatchQueue;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreFault;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.common.store.StoredObject;
import dev.rehome.common.store.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A consumer with its queue, ledger and store in memory. The objects are copied from {@code old/} to {@code new/}. */
final class ConsumerInMemory {
    static final int ATTEMPTS = 2;
    static final Duration LEASE = Duration.ofDays(1);
    private static final TargetKeyRule KEYS = new TargetKeyRule("old", "new", KeyLayout.PREFIX);

    final TestClock time = new TestClock();
    final MemoryBatchQueue queue = new MemoryBatchQueue(time, LEASE, ATTEMPTS, 100);
    AccessCircuitBreaker circuit;

    private final EventfulClock clock = new EventfulClock(time);
    private final InMemoryStore store = new InMemoryStore("source", "target");
    private final Location source = store.locate("source", "");
    private final Location target = store.locate("target", "");
    private final BatchPublisher publisher = queue.publisher("producer", run -> false);
    private final BatchClaimer claimer = queue.claimer("me");
    private final ActiveLeases leases = new ActiveLeases(clock);
    final RecordedOutcomes outcomes =
            new RecordedOutcomes(new MemoryDatabase(KEYS, 100, time).open().outcomes());
    private final List<String> requested = new ArrayList<>();
    private OutcomeLedger ledger = outcomes;
    private Transfer transfer = this::copy;
    private Optional<CopiedObjectCheck.Copy> earlier = Optional.empty();
    private StoreHealth health;
    private BatchProcessing processing;
    private int published;

    ConsumerInMemory() {
        restart();
    }

    /** A new process: it has copied nothing yet. */
    void restart() {
        CopiedObjectCheck check = new CopiedObjectCheck(store.transferCheck(), () -> earlier);
        health = new StoreHealth(clock, check);
        circuit = new AccessCircuitBreaker(clock, check);
        RecordCopy records = new RecordCopy((from, to) -> transfer.copy(from, to), KEYS, source, target);
        Backoff soon = new Backoff(Duration.ofNanos(1), Duration.ofNanos(1));
        BatchCopy copies = new BatchCopy(
                records,
                new AdaptiveConcurrencyLimit(clock, 16),
                health,
                check,
                new CopyTimes(clock),
                clock,
                new BatchCopy.RetryPolicy(soon, 5));
        processing = new BatchProcessing(claimer, ledger, copies, circuit, new ConsumerProgress(clock));
    }

    void afterClockReads(int reads, Runnable event) {
        clock.afterReads(reads, event);
    }

    void advance(Duration by) {
        time.advance(by);
    }

    Batch publish(String... keys) {
        return publish(IntStream.range(0, keys.length)
                .mapToObj(i -> new SourceRecord(RowKey.of(Integer.toString(i)), keys[i]))
                .toList());
    }

    /** Publishes one batch, with an object for each record. */
    Batch publish(List<SourceRecord> records) {
        records.forEach(
                record -> store.put(source.withObjectKey(record.location()), StoredObject.of(record.location())));
        Batch batch = new Batch(new BatchId(new UUID(0, ++published)), TestBatches.RUN, records);
        publisher.lead(TestBatches.RUN);
        publisher.beginPass(1);
        publisher.publish(batch, batch.lastKey(), 1);
        return batch;
    }

    void publishInBatches(int size, List<List<String>> keys) {
        List<String> all = keys.stream().flatMap(List::stream).toList();
        for (int first = 0; first < all.size(); first += size) {
            publish(all.subList(first, Math.min(all.size(), first + size)).toArray(String[]::new));
        }
    }

    int published() {
        return published;
    }

    QueueDepth depth() {
        return publisher.depth();
    }

    Claim claim() {
        return claimer.claim(TestBatches.RUN).orElseThrow();
    }

    ActiveLease lease(Claim claim) {
        return leases.add(claim.lease(), clock.now().plus(LEASE));
    }

    BatchProcessing.ClaimResult process() {
        Claim claim = claim();
        return process(claim, lease(claim));
    }

    BatchProcessing.ClaimResult process(Claim claim, ActiveLease lease) {
        try {
            return processing.process(claim, lease);
        } finally {
            leases.remove(claim.lease());
        }
    }

    /** Claims as the consuming loop does until nothing is pending, or until the time is over. */
    void processAll(Duration atMost) {
        Duration end = time.now().plus(atMost);
        while (depth().pending() > 0) {
            assertThat(time.now()).as("everything is processed in time").isLessThan(end);
            if (circuit.tryAllow()) {
                process();
            }
            time.advance(Duration.ofSeconds(1));
        }
    }

    /** The ledger knows the copies as migrated, as it does after they were applied. */
    void migrateCopied() {
        earlier = outcomes.copied().stream()
                .findFirst()
                .map(key -> new CopiedObjectCheck.Copy(
                        source.withObjectKey(key), target.withObjectKey(KEYS.targetOf(key))));
    }

    void record(Batch batch, List<RecordOutcome> now) {
        ledger.record(batch, now);
    }

    void rejectOutcomes() {
        ledger = new OutcomeLedger() {
            @Override
            public Set<Integer> recorded(BatchId batch) {
                throw new Rejected("created for other settings");
            }

            @Override
            public void record(Batch batch, List<RecordOutcome> outcomes) {
                throw new AssertionError("nothing is recorded");
            }
        };
        restart();
    }

    void removeSource(String key) {
        store.remove(source.withObjectKey(key));
    }

    boolean hasTarget(String key) {
        return store.get(target.withObjectKey(key)) != null;
    }

    void refuse(Predicate<String> keys, FailureCode code, Refusal.Scope scope) {
        store.setFault(StoreFault.refusing(
                location -> keys.test(location.objectKey()), new Refusal(code, "AccessDenied", scope)));
    }

    void permitAll() {
        store.setFault(StoreFault.NONE);
    }

    /** The store fails for these objects, while time passes and the loop of {@link StoreHealth} runs. */
    void failWhile(Predicate<String> keys) {
        failWhile(keys, new StoreUnavailable("500 InternalError", false, null));
    }

    void failWhile(Predicate<String> keys, StoreUnavailable failure) {
        store.setFault(StoreFault.unavailable(location -> keys.test(location.objectKey()), failure));
        Transfer plain = this::copy;
        transfer = (from, to) -> {
            CompletionStage<CopyResult> copy = plain.copy(from, to);
            time.advance(Duration.ofSeconds(1));
            clock.afterReads(1, health::run);
            return copy;
        };
    }

    void breakCopies() {
        transfer = (from, to) -> {
            throw new IllegalStateException("a defect");
        };
    }

    private CompletionStage<CopyResult> copy(Location from, Location to) {
        requested.add(from.objectKey());
        return store.transfer().copy(from, to);
    }

    /** The object keys of all copies that were started. */
    List<String> requested() {
        return requested;
    }
}
