package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the records of a run ended, window by window, in short reads without locks. The number of records with each result
 * equals the batches' totals. Safe for use by several threads.
 */
@FunctionalInterface
public interface RecordedOutcomes {
    /**
     * Reads the records of the next batches whose totals are stored, in the order of the ledger.
     *
     * @param after the end of the previous window; empty for the first window
     */
    Page page(int run, Optional<BatchId> after);

    /**
     * One window.
     *
     * @param records the records in it
     * @param end the window's last batch; empty when no batch follows
     */
    record Page(List<RecordedOutcome> records, Optional<BatchId> end) {
        public Page {
            records = List.copyOf(records);
            Objects.requireNonNull(end, "end");
        }
    }
}
