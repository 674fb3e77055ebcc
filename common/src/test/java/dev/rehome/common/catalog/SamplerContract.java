package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of samples, and of the explained update. */
interface SamplerContract {
    CatalogUnderTest catalog();

    private CatalogTable table() {
        return CatalogUnderTest.table(catalog().catalog());
    }

    @Test
    default void sampleHasRowsFromEveryPartOfTheTable() {
        for (int key = 1; key <= 300; key++) {
            catalog().put(key, "legacy/" + key);
        }
        RowSampler.Sample sample = table().sampler().sample(60);
        assertThat(sample.spread()).isTrue();
        assertThat(sample.rows())
                .isBetween(20L, 60L)
                .isEqualTo(sample.locations().size());
        assertThat(sample.locations()).doesNotHaveDuplicates();
        for (int third = 0; third < 3; third++) {
            int from = third * 100;
            assertThat(sample.locations()).anyMatch(location -> {
                int key = Integer.parseInt(location.substring("legacy/".length()));
                return key > from && key <= from + 100;
            });
        }
    }

    @Test
    default void sampleCountsRowsWithoutText() {
        catalog().put(1, null);
        catalog().put(2, "legacy/ü ");
        catalog().put(3, "else");
        RowSampler.Sample sample = table().sampler().sample(100);
        assertThat(sample.rows()).isEqualTo(3);
        assertThat(sample.locations()).containsExactlyInAnyOrder("legacy/ü ", "else");
    }

    @Test
    default void sampleOfAnEmptyTableIsEmpty() {
        assertThat(table().sampler().sample(10))
                .isEqualTo(new RowSampler.Sample(
                        0, List.of(), table().sampler().sample(10).spread()));
    }

    @Test
    default void updatePlanNamesItsBasisAndChangesNothing() {
        catalog().put(1, "legacy/1");
        RowSampler.UpdatePlan plan = table().updatePlan();
        assertThat(plan.basis()).isNotEmpty();
        assertThat(plan.steps()).isNotEmpty();
        assertThat(catalog().rows()).containsEntry(1, "legacy/1");
    }
}
