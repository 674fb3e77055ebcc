package dev.rehome.consumer.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.Store;
import dev.rehome.common.store.StoredObject;
import dev.rehome.consumer.store.AdaptiveConcurrencyLimit;
import dev.rehome.consumer.store.StoreCalls;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class VerificationTest {
    private static final MigrationSettings MIGRATION =
            new MigrationSettings("source", "target", new TargetKeyRule("old", "new", KeyLayout.PREFIX), "test");

    private final TestClock time = new TestClock();
    private final InMemoryStore store = new InMemoryStore("source", "target");
    private final References references = new References();

    @Test
    void everyWindowIsWalkedAndEachReferenceCounted() {
        migrated(10);
        references.add("any", Reference.CHANGED);
        references.add("any", Reference.DELETED);

        Tally tally = verify(store);

        assertThat(tally.rightOnes()).isEqualTo(10);
        assertThat(tally.changed()).isOne();
        assertThat(tally.deleted()).isOne();
        assertThat(tally.left()).isZero();
    }

    @Test
    void missingObjectIsFound() {
        migrated(7);
        store.remove(target(4));

        Tally tally = verify(store);

        assertThat(tally.counts()).isEqualTo(Map.of(FindingKind.MISSING, 1L));
        assertThat(tally.named(FindingKind.MISSING))
                .extracting(finding -> finding.record().newLocation())
                .containsExactly("new/4");
    }

    @Test
    void rowThatTheApplicationChangedWhileWeLookedIsNoFinding() {
        migrated(3);
        store.remove(target(1));
        references.changeMeanwhile(1);

        Tally tally = verify(store);

        assertThat(tally.left()).isZero();
        assertThat(tally.changed()).isOne();
    }

    @Test
    void missingObjectIsCopiedAgainAndProvedAnew() {
        migrated(3);
        references.add("lost", Reference.HELD);
        store.put(store.locate("source", "old/3"), StoredObject.of("three"));

        Tally repaired = repair();

        assertThat(repaired.repairedOnes()).isOne();
        assertThat(repaired.left()).isZero();
        assertThat(store.get(target(3)).text()).isEqualTo("three");
        assertThat(references.etag(3)).isNotEqualTo("lost");
        assertThat(verify(store).rightOnes()).isEqualTo(4);
    }

    @Test
    void objectThatIsGoneAtBothEndsStaysAFinding() {
        migrated(3);
        store.remove(target(1));
        store.remove(store.locate("source", "old/1"));

        Tally tally = repair();

        assertThat(tally.named(FindingKind.MISSING))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .startsWith("NOT_FOUND");
    }

    @Test
    void otherObjectAtTheTargetIsNeverReplaced() {
        migrated(3);
        store.put(target(1), StoredObject.of("the application's"));

        assertThat(repair().counts()).isEqualTo(Map.of(FindingKind.TARGET_CHANGED, 1L));
        assertThat(store.get(target(1)).text()).isEqualTo("the application's");
    }

    @Test
    void sampleWithOneSeedIsTheSamePart() {
        migrated(500);
        SplittableRandom random = new SplittableRandom(7);
        SplittableRandom again = new SplittableRandom(7);
        Tally tally = verification(store, any -> random.nextDouble() < 0.1, UnaryOperator.identity());
        Tally same = verification(store, any -> again.nextDouble() < 0.1, UnaryOperator.identity());

        assertThat(tally.lookedAt()).isBetween(20L, 100L).isEqualTo(same.lookedAt());
        assertThat(tally.read()).isEqualTo(500);
    }

    @Test
    void accessDeniedWholesaleEndsTheVerificationWithAHint() {
        migrated(100);

        assertThatThrownBy(() -> verify(refusing()))
                .isInstanceOf(VerificationFailed.class)
                .hasMessageContaining("s3://target refuses every look")
                .hasMessageContaining("no right");
    }

    private Store refusing() {
        store.setFault(new InMemoryStore.Fault() {
            @Override
            public Optional<Refusal> before(Location location) {
                return location.container().equals("source")
                        ? Optional.empty()
                        : Optional.of(new Refusal(FailureCode.ACCESS_DENIED, "no right", Refusal.Scope.UNCERTAIN));
            }
        });
        return store;
    }

    private Tally verify(Store looked) {
        return verification(looked, any -> true, UnaryOperator.identity());
    }

    private Tally repair() {
        return verification(
                store, any -> true, new Repair(store, store.transfer(), calls(), MIGRATION, references)::tried);
    }

    private Tally verification(Store looked, Predicate<MigratedRecord> sample, UnaryOperator<Finding> repair) {
        ObjectLooks looks = new ObjectLooks(
                new BucketLook(looked, "target", calls(), time),
                Optional.of(new BucketLook(looked, "source", calls(), time)));
        return new Verification(references, looks, sample, repair, FindingFile.none(), time).run();
    }

    private StoreCalls calls() {
        // No timer: this store is never away.
        return new StoreCalls(new AdaptiveConcurrencyLimit(time, 16), null, new SplittableRandom(1));
    }

    private void migrated(int count) {
        for (int number = 0; number < count; number++) {
            Location source = store.locate("source", "old/" + number);
            store.put(source, StoredObject.of("object " + number));
            store.put(target(number), StoredObject.of("object " + number));
            references.add(
                    store.inspector()
                            .orElseThrow()
                            .stat(source)
                            .orElseThrow()
                            .orElseThrow()
                            .proof()
                            .orElseThrow()
                            .value(),
                    Reference.HELD);
        }
        time.advance(Duration.ofMinutes(1));
    }

    private Location target(int number) {
        return store.locate("target", "new/" + number);
    }
}
