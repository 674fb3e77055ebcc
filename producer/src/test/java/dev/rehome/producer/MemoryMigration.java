package dev.rehome.producer;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.MemoryBatchQueue;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.ObjectKeyRules;
import dev.rehome.common.store.Store;
import dev.rehome.manifest.ManifestSettings;
import dev.rehome.producer.throttle.Limits;
import dev.rehome.producer.throttle.RunWindows;
import dev.rehome.producer.throttle.ThrottleSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A table, a ledger and a queue in memory, with the moves of an application and of a consumer. For one thread. */
final class MemoryMigration {
    static final TargetKeyRule KEYS = new TargetKeyRule("old", "new", KeyLayout.PREFIX);
    static final MigrationSettings SETTINGS = new MigrationSettings("bucket", "target", KEYS, "m");
    static final ObjectKeyRules ANY_KEY = objectKey -> Optional.empty();
    static final RunId RUN = TestBatches.RUN;
    static final Duration LEASE = Duration.ofSeconds(60);
    static final int MAX_ATTEMPTS = 2;
    static final int MAX_OPEN = 3;
    static final String PRODUCER = "producer";

    final TestClock clock = new TestClock();
    final MemoryDatabase database = new MemoryDatabase(KEYS, 3, clock);
    final MemoryCatalog catalog = database.open();
    final MemoryBatchQueue queue = new MemoryBatchQueue(clock, LEASE, MAX_ATTEMPTS, MAX_OPEN);
    private final SplittableRandom random = new SplittableRandom(1);

    /** Settings of a run that nothing throttles, with batches of two records; {@code status}: between two status lines. */
    static RunSettings runSettings(Duration status) {
        return new RunSettings(
                2,
                Duration.ZERO,
                2,
                Duration.ZERO,
                LEASE,
                new ThrottleSettings(Limits.NONE, Limits.NONE, List.of(), RunWindows.ALWAYS, false),
                status);
    }

    /** The manifest of a run, if the settings name one; it can only be a file. */
    RunManifest manifest(ProducerCatalog view, Map<String, String> settings) {
        return new RunManifest(
                ManifestSettings.from(new Environment(settings)),
                MemoryMigration::noStore,
                ANY_KEY,
                SETTINGS,
                view,
                clock);
    }

    private static Store noStore() {
        throw new AssertionError("A manifest that is a file needs no store");
    }

    /** Makes batch ids. */
    Supplier<BatchId> ids() {
        return () -> BatchId.next(clock, random);
    }

    ServerLoad.Reading load() {
        return new ServerLoad.Reading(1, 0);
    }

    /** Rows 1 to {@code count}, all with legacy locations. */
    MemoryMigration withRows(int count) {
        IntStream.rangeClosed(1, count).forEach(id -> put(id, "old/" + id));
        return this;
    }

    /** The application writes a row. */
    void put(int id, String location) {
        database.rows().put(RowKey.of(Integer.toString(id)), location);
    }

    List<String> locations() {
        return List.copyOf(database.rows().values());
    }

    /** A consumer claims a batch of the latest run; of {@link #RUN} when the ledger has none. */
    Optional<Claim> claim() {
        return queue.claimer("consumer")
                .claim(catalog.runs().latest().map(Run::id).orElse(RUN));
    }

    /** A consumer copies all records of a batch. */
    void copy(Claim claim) {
        complete(claim, TestBatches.copied(claim.batch(), KEYS));
    }

    /** A consumer finds no object for any record of a batch. */
    void fail(Claim claim) {
        complete(
                claim,
                IntStream.range(0, claim.batch().size())
                        .<RecordOutcome>mapToObj(record -> new FailedRecord(record, FailureCode.NOT_FOUND, "gone"))
                        .toList());
    }

    private void complete(Claim claim, List<RecordOutcome> outcomes) {
        catalog.outcomes().record(claim.batch(), outcomes);
        completeWithoutOutcomes(claim);
    }

    /** A consumer completes a batch whose outcomes are lost. */
    void completeWithoutOutcomes(Claim claim) {
        queue.claimer("consumer").complete(claim.lease());
    }
}
