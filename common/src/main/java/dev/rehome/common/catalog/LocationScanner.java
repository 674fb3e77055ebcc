package dev.rehome.common.catalog;

import dev.rehome.common.batch.RowKey;
import java.util.List;
import java.util.Optional;

/**
 * Reads what the column holds, whatever it is, in the windows of the scan: to count ahead what a manifest would find,
 * without a table of our own. Safe for use by several threads.
 */
public interface LocationScanner {
    /** The window that follows a key; empty for the start of the table. */
    Page page(Optional<RowKey> after);

    /**
     * One window.
     *
     * @param locations the values in it that are text; where a record is a distinct value, each once
     * @param end the window's last key; empty when the table is read to its end
     */
    record Page(List<String> locations, Optional<RowKey> end) {
        public Page {
            locations = List.copyOf(locations);
        }
    }
}
