package dev.rehome.common.catalog;

import java.util.List;
import java.util.Optional;

/**
 * The records that were migrated, with what their rows hold now. They are read window by window, in short reads without
 * locks. A record that was migrated more than once is returned once, as it was migrated last; records of a batch that was
 * rolled back aren't returned. Safe for use by several threads.
 */
public interface MigratedRecords {
    /** How many there are, from the totals of the batches; for a percentage. */
    long count();

    /**
     * Reads the window after a row of the ledger.
     *
     * @param after the end of the previous window; empty for the first window
     */
    Page page(Optional<MappingRowId> after);

    /** The same record with what its row holds by now; it may have changed since the window was read. */
    MigratedRecord reread(MigratedRecord record);

    /** Replaces the recorded proof after the object was copied again. Repeatable. */
    void updateProof(MappingRowId id, String proof);

    /**
     * One window.
     *
     * @param records the migrated records in it, in order; often fewer than the window has rows
     * @param end the window's last row; empty when nothing follows
     */
    record Page(List<MigratedRecord> records, Optional<MappingRowId> end) {
        public Page {
            records = List.copyOf(records);
        }
    }
}
