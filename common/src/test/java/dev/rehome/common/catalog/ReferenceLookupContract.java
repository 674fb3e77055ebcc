package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of a catalog that knows which locations its rows hold. */
interface ReferenceLookupContract {
    CatalogUnderTest catalog();

    private ReferenceLookup references() {
        return CatalogUnderTest.table(catalog().catalog()).references();
    }

    @Test
    default void onlyLocationsThatARowHoldsByteForByteAreFound() {
        assertThat(references().held(List.of())).isEmpty();
        catalog().put(1, "legacy/A.png");
        catalog().put(2, "legacy/é");
        catalog().put(3, "legacy/é");
        catalog().put(4, "legacy/space ");
        catalog().put(5, null);
        assertThat(references()
                        .held(List.of(
                                "legacy/A.png",
                                "legacy/a.png",
                                "legacy/e",
                                "legacy/é",
                                "legacy/space",
                                "legacy/space ",
                                "legacy/none")))
                .containsExactlyInAnyOrder("legacy/A.png", "legacy/é", "legacy/space ");
    }

    @Test
    default void rowsAreFoundAmongManyLocations() {
        catalog().put(1, "legacy/1");
        catalog().put(2, "legacy/12345");
        assertThat(references().window()).isPositive();
        assertThat(references()
                        .held(IntStream.range(0, 12_346)
                                .mapToObj(i -> "legacy/" + i)
                                .toList()))
                .containsExactlyInAnyOrder("legacy/1", "legacy/12345");
    }
}
