package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Remains;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.TestBatches;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of a ledger that is dropped when nobody needs it any more. */
interface RemainsContract {
    CatalogUnderTest catalog();

    @Test
    default void droppedLedgerIsGoneAndTheRowsStay() {
        catalog().put(1, "legacy/1.png");
        RunId run = catalog().catalog().runs().startOrResume(Optional.empty()).id();
        Batch batch = new Batch(TestBatches.id(1), run, List.of(TestBatches.record(1)));
        catalog().catalog().outcomes().record(batch, TestBatches.copied(batch, CatalogUnderTest.KEYS));
        CatalogUnderTest.table(catalog().catalog()).update().apply(batch.id(), 1);
        catalog().catalog().runs().complete(1, "done");
        Map<Integer, String> rows = catalog().rows();
        Remains remains = catalog().catalog().remains();
        assertThat(remains.names()).isNotEmpty().isSorted();

        remains.drop();
        remains.drop();

        assertThat(remains.names()).isEmpty();
        assertThat(catalog().rows()).isEqualTo(rows).containsEntry(1, "new/1.png");
        assertThat(catalog().catalog().runs().latest()).isEmpty();
    }
}
