package dev.rehome.consumer.verification;

import dev.rehome.common.TestClock;
import dev.rehome.common.process.Retries;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

/** Migrated records with their objects, and verifications of them. */
abstract class VerificationFixture {
    private static final int PARALLEL = 4;

    final TestClock clock = new TestClock();
    final InMemoryStore store = new InMemoryStore("source", "target");
    final ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
    ListedRecords records = new ListedRecords(3);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    Retries retries() {
        return new Retries(BucketInspector.BACKOFF, clock, pause -> {
            clock.advance(pause);
            return false;
        });
    }

    VerificationReport verify() {
        return verification(scope(), false).run();
    }

    VerificationReport repair() {
        return verification(scope(), true).run();
    }

    static Scope scope() {
        return Scope.of(false, "100%", 0);
    }

    static String text(VerificationReport report) {
        return report.text(scope().toString(), Duration.ofSeconds(1));
    }

    Verification verification(Scope scope, boolean repair) {
        return verification(scope, repair, new ArrayList<>());
    }

    Verification verification(Scope scope, boolean repair, List<Location> copied) {
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

    BucketInspector inspector(String bucket, Retries retries) {
        return new BucketInspector(store.inspector().orElseThrow(), key -> store.locate(bucket, key), retries);
    }

    /** Adds intact records. */
    void migrate(int count) {
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

    void put(String bucket, String key) {
        store.put(store.locate(bucket, key), StoredObject.of("object " + key));
    }

    Location source(int number) {
        return store.locate("source", "old/" + number);
    }

    Location target(int number) {
        return store.locate("target", "new/" + number);
    }
}
