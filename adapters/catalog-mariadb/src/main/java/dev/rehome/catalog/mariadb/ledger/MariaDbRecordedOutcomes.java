package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.RecordedOutcomes;
import java.util.Optional;

/** The outcomes of a run by the primary key of the mapping table, a few batches at a time. */
public record MariaDbRecordedOutcomes(JdbcRunner jdbc, MappingSchema schema, ColumnCatalog columns)
        implements RecordedOutcomes {
    /** The most batches in a window: the caller holds all of their records in memory. */
    private static final int BATCHES = 5;

    @Override
    public Page page(int run, Optional<BatchId> after) {
        FinishedBatches window = new FinishedBatches(schema, run, false, after, BATCHES);
        return OutcomeRows.page(jdbc, columns, window, SqlFragment.TRUE);
    }
}
