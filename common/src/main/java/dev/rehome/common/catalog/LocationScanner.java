package dev.rehome.common.catalog;

import dev.rehome.common.batch.RowKey;
import java.util.List;
import java.util.Optional;

/**
 * Reads all values of the column, window by window, to estimate how many rows a manifest matches before it is loaded. Safe
 * for use by several threads.
 */
public interface LocationScanner {
    /** Reads the window after a key; empty for the first window. */
    Page page(Optional<RowKey> after);

    /**
     * One window.
     *
     * @param locations the values in it that can be read as text; where records are distinct values, each value once
     * @param end the window's last key; empty when no row follows
     */
    record Page(List<String> locations, Optional<RowKey> end) {
        public Page {
            locations = List.copyOf(locations);
        }
    }
}
