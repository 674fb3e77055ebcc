package dev.rehome.producer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.catalog.ReferenceLookup;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.Retries;
import dev.rehome.common.queue.MemoryFleetCopies;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreFault;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.common.store.StoredObject;
import dev.rehome.producer.Buckets;
import dev.rehome.producer.audit.CopiedObject;
import dev.rehome.producer.operator.PurgeReport.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PurgeTest {
    private static final TargetKeyRule KEYS = new TargetKeyRule("old", "new", KeyLayout.PREFIX);

    private final TestClock clock = new TestClock();
    private final MemoryDatabase database = new MemoryDatabase(KEYS, 3, clock);
    private final MemoryCatalog catalog = database.open();
    private final InMemoryStore store = new InMemoryStore("legacy", "fresh");
    private final Set<String> held = new HashSet<>();
    private final List<String> log = new ArrayList<>();
    private final PurgeReport report = new PurgeReport();
    private Optional<String> refusal = Optional.empty();
    /** What the application does right before its rows are looked up. */
    private Runnable application = () -> {};

    private boolean stopping;
    private int perSecond;
    private final ExclusiveSteps steps =
            new ExclusiveSteps(catalog.lock(), () -> "", retries(), () -> stopping, log::add);
    private final DeletionRate rate = new DeletionRate(new MemoryFleetCopies(clock), () -> perSecond, steps);
    private final Purge purge = new Purge(
            steps,
            () -> refusal,
            new ReferenceLookup() {
                @Override
                public int window() {
                    return 10;
                }

                @Override
                public Set<String> held(List<String> locations) {
                    application.run();
                    Set<String> found = new HashSet<>(locations);
                    found.retainAll(held);
                    return found;
                }
            },
            new Buckets(store, new MigrationSettings("legacy", "fresh", KEYS, "m")),
            Runnable::run,
            rate,
            report);

    private Retries retries() {
        return new Retries(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)), clock, wait -> {
            clock.advance(wait);
            return stopping;
        });
    }

    private Location source(String key) {
        return store.locate("legacy", key);
    }

    @BeforeEach
    void objects() {
        for (int i = 1; i <= 4; i++) {
            store.put(source("old/" + i), StoredObject.of("content " + i));
            store.put(store.locate("fresh", "new/" + i), StoredObject.of("content " + i));
        }
    }

    /** The object as an audit has seen it. */
    private CopiedObject copied(int number) {
        String proof = store.inspector()
                .orElseThrow()
                .stat(store.locate("fresh", "new/" + number))
                .orElseThrow()
                .orElseThrow()
                .proof()
                .orElseThrow()
                .value();
        return new CopiedObject("old/" + number, "new/" + number, proof, 9);
    }

    private List<CopiedObject> all() {
        return List.of(copied(1), copied(2), copied(3), copied(4));
    }

    @Test
    void onlyObjectsThatNobodyNeedsAreDeleted() {
        List<CopiedObject> all = all();
        held.add("old/2");
        store.put(store.locate("fresh", "new/3"), StoredObject.of("content 9"));
        store.put(source("old/4"), StoredObject.of("content 5"));

        purge.purge(all);

        assertThat(store.get(source("old/1"))).isNull();
        assertThat(List.of(2, 3, 4))
                .allSatisfy(i -> assertThat(store.get(source("old/" + i))).isNotNull());
        assertThat(store.get(store.locate("fresh", "new/1"))).isNotNull();
        assertThat(report.objects()).isEqualTo(4);
        assertThat(report.text())
                .contains("because a row refers to them now\n      old/2\n")
                .contains("because the copy is missing or was replaced\n      old/3\n")
                .containsPattern("deleted +1");
        assertThat(report.count(Outcome.OVERWRITTEN)).isOne();
    }

    @Test
    void objectThatTheApplicationOverwritesAtTheLastMomentIsKept() {
        List<CopiedObject> all = all();
        application = () -> store.put(source("old/3"), StoredObject.of("newer"));
        purge.purge(all);
        assertThat(store.get(source("old/3")).text()).isEqualTo("newer");
        assertThat(report.count(Outcome.DELETED)).isEqualTo(3);
        assertThat(report.count(Outcome.REFUSED)).isOne();
    }

    @Test
    void repeatedPurgeFindsTheObjectsGone() {
        List<CopiedObject> all = all();
        purge.purge(all);
        purge.purge(all);
        assertThat(report.count(Outcome.DELETED)).isEqualTo(4);
        assertThat(report.count(Outcome.GONE)).isEqualTo(4);
    }

    @Test
    void lostResponseIsRepeatedAndCountsTheObjectsAsDeleted() {
        List<CopiedObject> all = all();
        AtomicInteger calls = new AtomicInteger();
        application = () -> store.setFault(new StoreFault() {
            @Override
            public Optional<Refusal> before(Location location) {
                return Optional.empty();
            }

            @Override
            public void after(Location location) {
                if (calls.getAndIncrement() == 2) {
                    throw new StoreUnavailable("the response was lost", false, null);
                }
            }
        });
        purge.purge(all);
        assertThat(report.count(Outcome.DELETED)).isEqualTo(4);
        assertThat(log).containsExactly("the response was lost; retrying for two minutes");
    }

    @Test
    void denialOfEveryDeletionEndsThePurge() {
        List<CopiedObject> all = all();
        Refusal denied =
                new Refusal(FailureCode.ACCESS_DENIED, "Likely missing: s3:DeleteObject", Refusal.Scope.UNCERTAIN);
        application = () -> store.setFault(StoreFault.refusing(any -> true, denied));
        assertThatThrownBy(() -> purge.purge(all))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("The store denies every deletion")
                .hasMessageContaining("s3:DeleteObject");
        assertThat(report.count(Outcome.REFUSED)).isEqualTo(4);
    }

    @Test
    void deletionsKeepToTheirRateAndAreLookedUpShortlyBefore() {
        perSecond = 2;
        Duration start = clock.now();

        purge.purge(all());

        assertThat(report.count(Outcome.DELETED)).isEqualTo(4);
        assertThat(clock.now().minus(start)).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(1_700));
        assertThat(rate.window(1_000)).isEqualTo(20);
        perSecond = 0;
        assertThat(rate.window(1_000)).isEqualTo(1_000);
    }

    @Test
    void deniedObjectAtALowRateDoesNotEndThePurge() {
        perSecond = 2;
        List<CopiedObject> all = all();
        Refusal denied =
                new Refusal(FailureCode.ACCESS_DENIED, "Likely missing: s3:DeleteObject", Refusal.Scope.UNCERTAIN);
        application = () -> store.setFault(
                StoreFault.refusing(location -> location.objectKey().endsWith("1"), denied));

        purge.purge(all);

        assertThat(report.count(Outcome.DELETED)).isEqualTo(3);
        assertThat(report.count(Outcome.REFUSED)).isOne();
    }

    @Test
    void purgeThatIsAskedToStopBeginsNothingMoreAndItsReportIsTrue() {
        perSecond = 2;
        List<CopiedObject> all = all();
        store.setFault(new StoreFault() {
            @Override
            public Optional<Refusal> before(Location location) {
                return Optional.empty();
            }

            @Override
            public void after(Location location) {
                stopping = store.get(source("old/2")) == null;
            }
        });

        assertThatThrownBy(() -> purge.purge(all))
                .isInstanceOf(Unavailable.class)
                .hasMessage("Stopped");

        assertThat(report.count(Outcome.DELETED)).isEqualTo(2);
        assertThat(store.get(source("old/3"))).isNotNull();
    }

    @Test
    void nothingIsDeletedOnceItIsForbiddenOrAProducerLeads() {
        refusal = Optional.of("Run 2 is in progress");
        assertThatThrownBy(() -> purge.purge(all()))
                .isInstanceOf(Rejected.class)
                .hasMessage("Run 2 is in progress");
        refusal = Optional.empty();
        catalog.lock().close();
        LeaderLock producer = database.open().lock();
        assertThat(producer.acquire(Duration.ZERO)).isTrue();
        assertThatThrownBy(() -> purge.purge(all()))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("A producer or another command holds the lock");
        assertThat(store.get(source("old/1"))).isNotNull();
    }
}
