package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.ReferenceRollback.Candidate;
import dev.rehome.common.catalog.ReferenceRollback.Totals;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The contract of a catalog that puts old locations back. */
interface RollbackContract {
    CatalogUnderTest catalog();

    private ReferenceRollback rollback() {
        return catalog().catalog().rollback();
    }

    private void migrate(int id, int... keys) {
        Arrays.stream(keys).forEach(key -> catalog().put(key, "legacy/" + key + ".png"));
        Batch batch = TestBatches.batch(id, keys);
        catalog().catalog().outcomes().record(batch, TestBatches.copied(batch, CatalogUnderTest.KEYS));
        CatalogUnderTest.table(catalog().catalog()).update().apply(batch.id(), batch.size());
    }

    /** Rolls a batch back whose old objects all exist. */
    private Totals restore(int id) {
        return rollback()
                .rollBack(
                        TestBatches.id(id),
                        rollback().candidates(TestBatches.id(id)).stream()
                                .map(Candidate::record)
                                .collect(Collectors.toSet()));
    }

    @Test
    default void rowsGetTheirOldLocationsBackUnlessTheApplicationChangedThem() {
        migrate(1, 1, 2, 3, 4);
        catalog().put(2, "new/2.PNG");
        catalog().put(3, null);
        catalog().delete(4);
        assertThat(rollback().candidates(TestBatches.id(1))).containsExactly(new Candidate(0, "legacy/1.png"));

        Totals totals = new Totals(1, 2, 1, 0, 0);
        assertThat(restore(1)).isEqualTo(totals);

        assertThat(catalog().rows())
                .containsEntry(1, "legacy/1.png")
                .containsEntry(2, "new/2.PNG")
                .containsEntry(3, null)
                .doesNotContainKey(4);
        assertThat(rollback().totals()).isEqualTo(totals);
        assertThat(rollback().batches(Optional.empty(), 10)).isEmpty();
        assertThat(restore(1)).as("repeated").isEqualTo(totals);
        assertThat(rollback().totals()).isEqualTo(totals);
    }

    @Test
    default void batchesAreListedNewestFirstUntilTheyAreRolledBack() {
        assertThat(rollback().batches(Optional.empty(), 10)).isEmpty();
        migrate(1, 1);
        migrate(2, 2);
        migrate(3, 3);
        assertThat(rollback().batches(Optional.empty(), 2)).containsExactly(TestBatches.id(3), TestBatches.id(2));
        assertThat(rollback().batches(Optional.of(TestBatches.id(2)), 2)).containsExactly(TestBatches.id(1));
        restore(2);
        assertThat(rollback().batches(Optional.empty(), 10)).containsExactly(TestBatches.id(3), TestBatches.id(1));
        assertThat(catalog().rows()).containsEntry(1, "new/1.png").containsEntry(2, "legacy/2.png");
    }

    @Test
    default void rowWithoutAnOldObjectKeepsItsNewLocationUntilTheObjectIsBack() {
        migrate(1, 1, 2);
        assertThat(rollback().rollBack(TestBatches.id(1), Set.of(0))).isEqualTo(new Totals(1, 0, 0, 1, 0));
        assertThat(catalog().rows()).containsEntry(2, "new/2.png");
        assertThat(rollback().batches(Optional.empty(), 10)).containsExactly(TestBatches.id(1));
        assertThat(rollback().candidates(TestBatches.id(1))).containsExactly(new Candidate(1, "legacy/2.png"));

        assertThat(restore(1)).isEqualTo(new Totals(2, 0, 0, 0, 0));
        assertThat(catalog().rows()).containsEntry(2, "legacy/2.png");
        assertThat(rollback().totals()).isEqualTo(new Totals(2, 0, 0, 0, 0));
    }

    @Test
    default void rowThatHoldsItsNewLocationAgainSinceTheObjectsWereInspectedKeepsIt() {
        migrate(1, 1, 2);
        catalog().put(2, "mine");
        assertThat(rollback().candidates(TestBatches.id(1))).containsExactly(new Candidate(0, "legacy/1.png"));
        catalog().put(2, "new/2.png");

        assertThat(rollback().rollBack(TestBatches.id(1), Set.of(0))).isEqualTo(new Totals(1, 0, 0, 1, 0));

        assertThat(catalog().rows()).containsEntry(1, "legacy/1.png").containsEntry(2, "new/2.png");
    }

    @Test
    default void timeOfTheLastRollbackIsKnown() {
        migrate(1, 1);
        assertThat(rollback().latest()).isEmpty();
        Instant before = catalog().catalog().runs().now();
        restore(1);
        assertThat(rollback().latest().orElseThrow()).isAfterOrEqualTo(before);
    }

    @Test
    default void recordsThatWereRolledBackAreNotMigratedAnyMoreAndCanBeMigratedAgain() {
        migrate(1, 1, 2);
        MigratedRecords migrated = catalog().catalog().migrated();
        restore(1);
        assertThat(migrated.count()).isZero();
        assertThat(migrated.page(Optional.empty()).records()).isEmpty();
        assertThat(new CatalogWalk(CatalogUnderTest.table(catalog().catalog()).work()).records(1))
                .extracting(record -> record.rowKey())
                .containsExactly(RowKey.of("1"), RowKey.of("2"));

        migrate(2, 1, 2);
        assertThat(migrated.count()).isEqualTo(2);
        assertThat(catalog().rows()).containsEntry(1, "new/1.png");
        restore(2);
        assertThat(catalog().rows()).containsEntry(1, "legacy/1.png");
    }

    @Test
    default void unknownBatchHasNothingToRollBack() {
        assertThat(rollback().candidates(TestBatches.id(9))).isEmpty();
        assertThat(restore(9)).isEqualTo(Totals.NONE);
        assertThat(rollback().batches(Optional.empty(), 10)).isEqualTo(List.of());
    }

    @Test
    default void onlyTheLeaderRollsBack() {
        migrate(1, 1);
        try (ProducerCatalog another = catalog().another()) {
            ReferenceRollback theirs = another.rollback();
            assertThatThrownBy(() -> theirs.rollBack(TestBatches.id(1), Set.of(0)))
                    .isInstanceOf(Unavailable.class);
            assertThat(catalog().rows()).containsEntry(1, "new/1.png");
        }
    }
}
