package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import java.util.Optional;

/**
 * Reads the catalog by windows of its key, in short reads without locks. Safe for use by several threads.
 *
 * <p>A row that is committed late behind the position is not seen: the next pass finds it. A value that is no text of its
 * character set can't be published; its record bears {@code KEY_REFUSED}, and {@link #setAside} writes that down.
 */
public interface RecordScanner {
    /**
     * The window that follows a key.
     *
     * @param after the last key of the window before; empty for the start of the table
     * @param run records that this run has reported as failed bear their code
     */
    ScanPage page(Optional<RowKey> after, int run);

    /**
     * Writes a failure for each record of a window whose value can't be carried, for no consumer ever sees it. Once a run
     * for each record and value: repeating it changes nothing.
     *
     * @param after the last key of the window before; empty for the start of the table
     * @param end the window's last key
     * @param run the run that has found them
     * @param batch an id that no batch of the queue has, under which they are kept
     * @return how many were written
     */
    int setAside(Optional<RowKey> after, RowKey end, int run, BatchId batch);

    /** How many legacy records the window that follows a key holds, and where it ends; for counting ahead. */
    CountedWindow count(Optional<RowKey> after);

    /**
     * One window, counted.
     *
     * @param legacy how many legacy records it holds
     * @param tooLong how many of them have a new location that the column can't hold
     * @param end its last key; empty at the end of the table
     */
    record CountedWindow(long legacy, long tooLong, Optional<RowKey> end) {}
}
