package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import java.util.List;
import java.util.Optional;

/**
 * The records to be migrated, in key order, window by window. A scan can be resumed after any key. Reads are short and
 * take no locks. Safe for use by several threads.
 *
 * <p>A record that appears at a key that the scan has already passed is found by the next pass. A record can't be published
 * if its location can't be read as text ({@code KEY_REFUSED}), or if its new location is in use for another object since an
 * earlier run ({@code TARGET_CONFLICT}). It is returned with that failure code, and {@link #recordUnpublishable} writes the
 * failure to the ledger.
 */
public interface WorkSource {
    /**
     * Reads the window after a key.
     *
     * @param after the last key of the previous window; empty for the first window
     * @param run the number of the run; records that failed in it are returned with their failure code once the totals of
     *     their batch are stored
     */
    Page page(Optional<RowKey> after, int run);

    /**
     * Writes a failure for each record of a window that can't be published and has none yet in this run, and adds them to
     * the totals. No consumer ever sees such a record. Repeating the call changes nothing.
     *
     * @param after the last key of the previous window; empty for the first window
     * @param end the window's last key
     * @param run the number of the run
     * @param batch a fresh batch id; the failures are stored under it
     * @return how many failures were written
     */
    int recordUnpublishable(Optional<RowKey> after, RowKey end, int run, BatchId batch);

    /**
     * How many failed records of a run were made pending again so far. A pass that began before the number grew may have
     * passed them already.
     */
    long requeued(int run);

    /** Counts the records in the window after a key, without reading them. */
    CountedWindow count(Optional<RowKey> after);

    /**
     * One window.
     *
     * @param records the records to be migrated, in key order; often none
     * @param end the window's last key, whether or not its record is to be migrated; empty when no record follows
     */
    record Page(List<ScannedRecord> records, Optional<RowKey> end) {
        public Page {
            records = List.copyOf(records);
        }
    }

    /**
     * The counts of one window.
     *
     * @param legacy how many records are to be migrated
     * @param tooLong how many of them have a new location that the column can't hold
     * @param end the window's last key; empty when no record follows
     */
    record CountedWindow(long legacy, long tooLong, Optional<RowKey> end) {}
}
