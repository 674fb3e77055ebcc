package dev.rehome.consumer.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.process.Retries;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.StoredObject;
import dev.rehome.consumer.verification.Finding.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerificationTest {
    private static final int PARALLEL = 4;

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore("source", "target");
    private final ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
    private ListedRecords records = new ListedRecords(3);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void everyWindowIsReadAndEachReferenceCounted() {
        migrate(10);
        records.add(Reference.CHANGED, null);
        records.add(Reference.DELETED, null);

        VerificationReport report = verify();

        assertThat(report.intact()).isEqualTo(10);
        assertThat(report.changed()).isOne();
        assertThat(report.deleted()).isOne();
        assertThat(report.exitCode()).isZero();
        assertThat(text(report)).contains("Verified 10 references (all)").endsWith("Everything holds.");
    }

    @Test
    void nothingMigratedIsAResultOfItsOwn() {
        VerificationReport report = verify();

        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(text(report)).endsWith("Nothing was verified: no row has been migrated.");
    }

    @Test
    void nothingButChangedRowsIsAResultOfItsOwn() {
        put("target", "chosen/0");
        records.add(Reference.CHANGED, "chosen/0");
        records.add(Reference.DELETED, null);

        VerificationReport report = verify();

        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(text(report)).endsWith("Nothing was verified: no row holds its new key any more.");
    }

    @Test
    void sampleWithoutAReferenceIsAResultOfItsOwn() {
        migrate(10);

        VerificationReport report = verification(Scope.of(false, "0.001%", 1), false)
                .run();

        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(text(report)).contains("sample contains no reference");
    }

    @Test
    void valueThatIsNoObjectsKeyIsAlteredAndAnObjectsKeyIsTheApplications() {
        migrate(1);
        put("target", "uploads/1.png");
        put("source", "legacy/2.png");
        records.add(Reference.CHANGED, "uploads/1.png");
        records.add(Reference.CHANGED, "legacy/2.png");
        records.add(Reference.CHANGED, "NEW/3");

        VerificationReport report = verify();

        assertThat(report.changed()).isEqualTo(2);
        assertThat(report.counts()).isEqualTo(Map.of(Kind.ALTERED, 1L));
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(text(report))
                .contains("row 3: new/3", "the row holds 'NEW/3'")
                .endsWith("Not everything holds.");
    }

    @Test
    void rowThatHoldsItsOldKeyAgainIsAFinding() {
        migrate(1);
        records.add(Reference.REVERTED, null);

        assertThat(verify().counts()).isEqualTo(Map.of(Kind.REVERTED, 1L));
    }

    @Test
    void missingObjectIsFound() {
        migrate(7);
        store.remove(target(4));

        VerificationReport report = verify();

        assertThat(report.counts()).isEqualTo(Map.of(Kind.MISSING, 1L));
        assertThat(report.first(Kind.MISSING))
                .extracting(finding -> finding.record().newLocation())
                .containsExactly("new/4");
    }

    @Test
    void rowThatTheApplicationChangedDuringTheInspectionIsNoFinding() {
        migrate(3);
        store.remove(target(1));
        records.changeAfterRead(1, "uploads/1.png");

        VerificationReport report = verify();

        assertThat(report.findings()).isZero();
        assertThat(report.changed()).isOne();
    }

    @Test
    void missingObjectIsCopiedAgainAndItsETagRecorded() {
        migrate(3);
        records.add("lost");
        put("source", "old/3");

        VerificationReport repaired = repair();

        assertThat(repaired.repaired()).isOne();
        assertThat(repaired.exitCode()).isZero();
        assertThat(store.get(target(3)).text()).isEqualTo("object old/3");
        assertThat(records.etag(3)).isNotEqualTo("lost");
        assertThat(verify().intact()).isEqualTo(4);
    }

    /** The second and third row are in the window of the first, and in a later one. */
    @Test
    void rowsThatShareAMissingObjectAreRepairedWithOneCopy() {
        put("source", "old/0");
        records.add("lost");
        records.addSharing(0, "lost");
        migrate(2);
        records.addSharing(0, "lost");
        List<Location> copied = new ArrayList<>();

        VerificationReport report = verification(scope(), true, copied).run();

        assertThat(report.repaired() + report.intact()).isEqualTo(5);
        assertThat(report.findings()).isZero();
        assertThat(copied).hasSize(1);
    }

    @Test
    void objectThatIsMissingAtBothEndsStaysAFinding() {
        migrate(3);
        store.remove(target(1));
        store.remove(source(1));

        assertThat(repair().first(Kind.MISSING))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .startsWith("NOT_FOUND");
    }

    @Test
    void otherObjectAtTheTargetIsNeverReplaced() {
        migrate(3);
        store.put(target(1), StoredObject.of("the application's"));

        assertThat(repair().counts()).isEqualTo(Map.of(Kind.TARGET_CHANGED, 1L));
        assertThat(store.get(target(1)).text()).isEqualTo("the application's");
    }

    @Test
    void deletedSourcesAreNotInspectedWithTargetsOnly() {
        migrate(5);
        IntStream.range(0, 5).forEach(number -> store.remove(source(number)));
        store.setFault(Faults.refusing(location -> location.container().equals("source")));

        VerificationReport report = verification(Scope.of(true, "100%", 0), false)
                .run();

        assertThat(report.intact()).isEqualTo(5);
        assertThat(report.text(Scope.of(true, "100%", 0).toString(), Duration.ZERO))
                .contains("(all; targets only)");
    }

    @Test
    void sampleVerifiesAPartAndReadsEverything() {
        migrate(500);

        VerificationReport report = verification(Scope.of(false, "10%", 7), false)
                .run();

        assertThat(report.verified()).isBetween(20L, 100L);
        assertThat(report.read()).isEqualTo(500);
    }

    @Test
    void objectThatIsUnavailableForGoodIsAFindingAndTheOthersAreVerified() {
        migrate(7);
        store.setFault(Faults.unavailable(location -> location.equals(target(4))));

        VerificationReport report = verify();

        assertThat(report.counts()).isEqualTo(Map.of(Kind.UNAVAILABLE, 1L));
        assertThat(report.intact()).isEqualTo(6);
        assertThat(clock.now()).isBetween(Duration.ofSeconds(2), Duration.ofMinutes(2));
    }

    @Test
    void manyUnavailableObjectsAreTriedOnceEach() {
        records = new ListedRecords(500);
        migrate(1_000);
        store.setFault(Faults.unavailable(location -> location.objectKey().startsWith("new/")));

        VerificationReport report = verify();

        assertThat(report.counts()).isEqualTo(Map.of(Kind.UNAVAILABLE, 1_000L));
        assertThat(clock.now()).isLessThan(Duration.ofMinutes(20));
    }

    @Test
    void repairGivesUpOnAnObjectThatCannotBeCopied() {
        migrate(3);
        store.remove(target(1));
        store.setFault(Faults.unavailable(location -> location.equals(source(1))));

        VerificationReport report =
                verification(Scope.of(true, "100%", 0), true).run();

        assertThat(report.first(Kind.MISSING))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .contains("every try to copy it failed");
        assertThat(report.intact()).isEqualTo(2);
    }

    @Test
    void storeThatNeverRespondsEndsTheVerificationAfterTwoMinutes() {
        migrate(3);
        store.setFault(InMemoryStore.Fault.unavailable());

        assertThatThrownBy(this::verify)
                .isInstanceOf(BucketInspector.Failed.class)
                .hasMessageContaining("has not responded for 2 minutes");
    }

    @Test
    void outageThatEndsIsWaitedOut() {
        migrate(3);
        store.setFault(Faults.unavailable(location -> clock.now().compareTo(Duration.ofSeconds(60)) < 0));

        assertThat(verify().intact()).isEqualTo(3);
    }

    @Test
    void deniedBucketEndsTheVerificationWithAHint() {
        records = new ListedRecords(4_000);
        migrate(12_000);
        store.setFault(Faults.refusing(location -> location.container().equals("target")));

        assertThatThrownBy(this::verify)
                .isInstanceOf(BucketInspector.Failed.class)
                .hasMessageContaining("memory://target/ refuses every request")
                .hasMessageContaining("no right");
    }

    /** The folder fills more than the first windows, or all after the first. */
    @Test
    void deniedFolderIsReportedWhateverTheOrderOfItsObjects() {
        records = new ListedRecords(10);
        migrate(120);
        for (boolean isFirst : new boolean[] {true, false}) {
            store.setFault(Faults.refusing(location -> location.container().equals("target")
                    && (Integer.parseInt(location.objectKey().substring(4)) < 30) == isFirst));

            VerificationReport report = verify();

            assertThat(report.counts()).isEqualTo(Map.of(Kind.UNREADABLE, isFirst ? 30L : 90L));
            assertThat(report.intact()).isEqualTo(isFirst ? 90 : 30);
        }
    }

    @Test
    void permissionThatIsRevokedEndsTheVerification() {
        migrate(6);
        AtomicInteger requests = new AtomicInteger();
        store.setFault(Faults.refusing(location -> requests.incrementAndGet() > 6));

        assertThatThrownBy(this::verify)
                .isInstanceOf(BucketInspector.Failed.class)
                .hasMessageContaining("refuses every request");
    }

    @Test
    void missingBucketEndsTheVerificationAtOnce() {
        migrate(1);
        InMemoryStore other = new InMemoryStore("source");
        BucketInspector inspector = new BucketInspector(
                other.inspector().orElseThrow(),
                key -> other.locate("target", key),
                retries());

        assertThatThrownBy(() -> inspector.inspect("new/0"))
                .isInstanceOf(BucketInspector.Failed.class)
                .hasMessageContaining("no such container");
    }

    @Test
    void databaseOutageThatEndsIsWaitedOut() {
        UnavailableRecords away = new UnavailableRecords(records, clock, Duration.ofSeconds(90));
        migrate(2);

        assertThat(new Verification.Database(away, retries()).<Long>call(MigratedRecords::count))
                .isEqualTo(2);
    }

    /** Unavailable for some time. */
    private record UnavailableRecords(MigratedRecords records, TestClock clock, Duration until)
            implements MigratedRecords {
        private MigratedRecords available() {
            if (clock.now().compareTo(until) < 0) {
                throw new Unavailable("the database is away");
            }
            return records;
        }

        @Override
        public long count() {
            return available().count();
        }

        @Override
        public Page page(Optional<MigratedRecord.MappingRowId> after) {
            return available().page(after);
        }

        @Override
        public MigratedRecord reread(MigratedRecord record) {
            return available().reread(record);
        }

        @Override
        public void updateProof(MigratedRecord.MappingRowId id, String proof) {
            available().updateProof(id, proof);
        }
    }

    private Retries retries() {
        return new Retries(BucketInspector.BACKOFF, clock, clock::advance);
    }

    private VerificationReport verify() {
        return verification(scope(), false).run();
    }

    private VerificationReport repair() {
        return verification(scope(), true).run();
    }

    private static Scope scope() {
        return Scope.of(false, "100%", 0);
    }

    private static String text(VerificationReport report) {
        return report.text(scope().toString(), Duration.ofSeconds(1));
    }

    private Verification verification(Scope scope, boolean repair) {
        return verification(scope, repair, new ArrayList<>());
    }

    private Verification verification(Scope scope, boolean repair, List<Location> copied) {
        Retries retries = retries();
        Verification.Parallel parallel = new Verification.Parallel(threads, PARALLEL);
        Verification.Database database = new Verification.Database(records, retries);
        Repair.Route route = new Repair.Route(key -> store.locate("source", key), key -> store.locate("target", key));
        Repair engine = new Repair(
                (source, target) -> {
                    copied.add(target);
                    return store.transfer().copy(source, target);
                },
                route,
                database,
                parallel,
                retries);
        Optional<BucketInspector> sources =
                scope.targetsOnly() ? Optional.empty() : Optional.of(inspector("source", retries));
        return new Verification(
                database,
                new Verification.Buckets(inspector("target", retries), sources),
                parallel,
                scope.selection(),
                repair ? Optional.of(engine) : Optional.empty(),
                FindingFile.none(),
                clock);
    }

    private BucketInspector inspector(String bucket, Retries retries) {
        return new BucketInspector(store.inspector().orElseThrow(), key -> store.locate(bucket, key), retries);
    }

    /** Adds intact records. */
    private void migrate(int count) {
        for (int added = 0; added < count; added++) {
            int number = (int) records.count();
            put("source", "old/" + number);
            store.put(target(number), StoredObject.of("object old/" + number));
            records.add(store.inspector()
                    .orElseThrow()
                    .stat(target(number))
                    .orElseThrow()
                    .orElseThrow()
                    .proof()
                    .orElseThrow()
                    .value());
        }
    }

    private void put(String bucket, String key) {
        store.put(store.locate(bucket, key), StoredObject.of("object " + key));
    }

    private Location source(int number) {
        return store.locate("source", "old/" + number);
    }

    private Location target(int number) {
        return store.locate("target", "new/" + number);
    }
}
