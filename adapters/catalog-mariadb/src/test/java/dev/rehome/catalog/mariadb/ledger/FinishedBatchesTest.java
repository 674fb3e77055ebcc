package dev.rehome.catalog.mariadb.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.batch.TestBatches;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FinishedBatchesTest {
    /** With a limit of its own, the window would reach beyond its end once a requeue has emptied some of its batches. */
    @Test
    void windowIsDefinedByItsEndAlone() {
        MappingSchema schema = new MappingSchema(new TableName("shop", "map"));
        SqlFragment ids =
                new FinishedBatches(schema, 1, true, Optional.of(TestBatches.id(3)), 5).ids(TestBatches.id(8));
        assertThat(ids.statement()).doesNotContain("LIMIT");
        assertThat(ids.values()).contains(TestBatches.id(3), TestBatches.id(8)).doesNotContain(5);
    }
}
