package dev.rehome.producer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.Retries;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.CopyResult.Copied;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.StoreFault;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.common.store.StoredObject;
import dev.rehome.producer.Buckets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditRunTest {
    private static final TargetKeyRule KEYS = new TargetKeyRule("old", "new", KeyLayout.PREFIX);

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore("legacy", "fresh");
    private final List<String> found = new ArrayList<>();
    private final List<String> proven = new ArrayList<>();
    private int referenced;

    private Location source(String key) {
        return store.locate("legacy", key);
    }

    private Location target(String key) {
        return store.locate("fresh", key);
    }

    /** Puts an object for each row's location, copies it, and migrates the row. */
    private void migrate(MemoryCatalog catalog, List<SourceRecord> records) {
        RunId run = catalog.runs().startOrResume(Optional.empty()).id();
        Batch batch = new Batch(TestBatches.id(1), run, records);
        catalog.outcomes()
                .record(
                        batch,
                        IntStream.range(0, records.size())
                                .<RecordOutcome>mapToObj(i -> copied(i, records.get(i)))
                                .toList());
        catalog.lock().acquire(Duration.ZERO);
        catalog.table().update().apply(batch.id(), records.size());
    }

    private CopiedRecord copied(int number, SourceRecord record) {
        String newKey = record.targetKey().orElseGet(() -> KEYS.targetOf(record.location()));
        store.put(source(record.location()), StoredObject.of("content of " + record.location()));
        Copied copy = (Copied) store.transfer()
                .copy(source(record.location()), target(newKey))
                .toCompletableFuture()
                .join();
        return new CopiedRecord(number, newKey, copy.proof().value(), copy.size());
    }

    private static SourceRecord put(MemoryDatabase database, int id, String location) {
        RowKey key = RowKey.of(Integer.toString(id));
        database.rows().put(key, location);
        return new SourceRecord(key, location);
    }

    private void audit(MemoryCatalog catalog, TargetKeyRule keys, boolean hasManifest) throws IOException {
        audit(catalog, new MigrationSettings("legacy", "fresh", keys, "m"), hasManifest);
    }

    private void audit(MemoryCatalog catalog, MigrationSettings migration, boolean hasManifest) throws IOException {
        found.clear();
        proven.clear();
        referenced = 0;
        Retries retries = new Retries(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), clock, wait -> {
            clock.advance(wait);
            return false;
        });
        new AuditRun(new Buckets(store, migration), retries, directory)
                .run(
                        catalog.table(),
                        catalog.migrated(),
                        hasManifest,
                        new AuditResults() {
                            @Override
                            public void found(AuditFinding finding) {
                                found.add(finding.kind() + " " + finding.bucket() + "/" + finding.objectKey());
                            }

                            @Override
                            public void proven(CopiedObject object) {
                                proven.add(object.oldKey() + " " + object.newKey() + " " + object.size());
                            }

                            @Override
                            public void referenced() {
                                referenced++;
                            }
                        },
                        any -> {});
    }

    @Test
    void copyIsProvenByItsETagAndSizeWhateverItsRowHoldsUnlessARowNamesTheOldKey() throws IOException {
        MemoryDatabase database = new MemoryDatabase(KEYS, 3, clock);
        MemoryCatalog catalog = database.open();
        List<SourceRecord> records = IntStream.rangeClosed(1, 7)
                .mapToObj(id -> put(database, id, "old/" + id))
                .toList();
        migrate(catalog, records);
        database.rows().remove(RowKey.of("2"));
        put(database, 3, "mine");
        put(database, 14, "old/4");
        store.put(target("new/5"), StoredObject.of("another one"));
        store.remove(target("new/6"));
        store.remove(source("old/7"));
        store.put(source("old/8"), StoredObject.of("nobody's"));

        audit(catalog, KEYS, false);

        assertThat(proven).containsExactly("old/1 new/1 16", "old/2 new/2 16", "old/3 new/3 16");
        assertThat(referenced).isOne();
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "SOURCE_WITHOUT_ROW legacy/old/8",
                        "TARGET_WITHOUT_ROW fresh/new/2",
                        "TARGET_WITHOUT_ROW fresh/new/3",
                        "SIZE_DIFFERS fresh/new/5",
                        "APPLIED_BUT_MISSING fresh/new/6");
    }

    @Test
    void keysOfAManifestAreReconciledWithTheirOwnTargets() throws IOException {
        MemoryDatabase database = new MemoryDatabase(KEYS, 3, clock);
        MemoryCatalog catalog = database.open(Selection.MANIFEST);
        catalog.lock().acquire(Duration.ZERO);
        catalog.manifest()
                .load(
                        "m",
                        List.of(
                                        new ManifestEntry("a", Optional.of("z")),
                                        new ManifestEntry("b", Optional.of("y")),
                                        new ManifestEntry("c", Optional.of("x")),
                                        new ManifestEntry("d", Optional.of("w")))
                                .iterator(),
                        any -> {});
        put(database, 1, "a");
        migrate(catalog, List.of(new SourceRecord(RowKey.of("1"), "a", Optional.of("z"))));
        put(database, 2, "b");
        store.put(source("b"), StoredObject.of("b"));
        store.put(target("y"), StoredObject.of("b"));
        put(database, 3, "c");
        store.put(source("c"), StoredObject.of("c"));
        put(database, 4, "d");
        put(database, 5, "https://example.org/not-an-object");
        put(database, 6, "old/not-listed");
        store.put(target("unlisted"), StoredObject.of("another application's"));
        put(database, 7, "unlisted");

        audit(catalog, KEYS, true);

        assertThat(proven).containsExactly("a z 12");
        assertThat(referenced).as("b and c").isEqualTo(2);
        assertThat(found).containsExactlyInAnyOrder("COPIED_NOT_APPLIED fresh/y", "ROW_WITHOUT_OBJECT legacy/d");
    }

    @Test
    void rowThatFailsBecauseItsNewKeyWouldBeALegacyOneDoesNotEndTheAudit() throws IOException {
        TargetKeyRule keys = new TargetKeyRule("old/x", "old", KeyLayout.PREFIX);
        MemoryDatabase database = new MemoryDatabase(keys, 3, clock);
        put(database, 1, "old/x/x/1");
        store.put(source("old/x/x/1"), StoredObject.of("1"));
        audit(database.open(), keys, false);
        assertThat(found).isEmpty();
        assertThat(referenced).isOne();
    }

    @Test
    void withoutATargetFolderOnlyAMissingCopyIsAFinding() throws IOException {
        TargetKeyRule root = new TargetKeyRule("old", "", KeyLayout.PREFIX);
        MemoryDatabase database = new MemoryDatabase(root, 3, clock);
        MemoryCatalog catalog = database.open();
        RunId run = catalog.runs().startOrResume(Optional.empty()).id();
        List<SourceRecord> records = List.of(put(database, 1, "old/1"), put(database, 2, "old/2"));
        List<RecordOutcome> outcomes = new ArrayList<>();
        for (SourceRecord record : records) {
            outcomes.add(
                    new CopiedRecord(outcomes.size(), root.targetOf(record.location()), "etag", OptionalLong.empty()));
        }
        Batch batch = new Batch(TestBatches.id(1), run, records);
        catalog.outcomes().record(batch, outcomes);
        catalog.lock().acquire(Duration.ZERO);
        catalog.table().update().apply(batch.id(), records.size());
        store.put(source("1"), StoredObject.of("the copy"));
        store.put(source("old/1"), StoredObject.of("the copy"));
        store.put(source("old/nobody's"), StoredObject.of("nobody's"));
        put(database, 3, "");
        put(database, 4, "https://example.org/not-an-object");
        put(database, 5, "logo.png");
        store.put(source("logo.png"), StoredObject.of("the application's"));

        audit(catalog, new MigrationSettings("legacy", "legacy", root, "m"), false);

        assertThat(found)
                .containsExactlyInAnyOrder(
                        "SOURCE_WITHOUT_ROW legacy/old/nobody's",
                        "ETAG_DIFFERS legacy/1",
                        "APPLIED_BUT_MISSING legacy/2");
    }

    @Test
    void storeThatIsAwayForAMomentDoesNotEndTheAudit() throws IOException {
        MemoryDatabase database = new MemoryDatabase(KEYS, 3, clock);
        put(database, 1, "old/gone");
        AtomicInteger calls = new AtomicInteger();
        store.setFault(StoreFault.unavailable(
                any -> calls.getAndIncrement() % 2 == 0, new StoreUnavailable("away", false, null)));
        audit(database.open(), KEYS, false);
        assertThat(found).containsExactly("ROW_WITHOUT_OBJECT legacy/old/gone");
    }
}
