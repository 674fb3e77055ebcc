package dev.rehome.common.catalog;

import dev.rehome.common.batch.RowKey;
import java.util.List;
import java.util.Optional;

/**
 * One window of the scan.
 *
 * @param records the legacy records in it, in key order; often none
 * @param end the last key of the window, legacy or not; empty when no row follows: the table is read to its end
 */
public record ScanPage(List<ScannedRecord> records, Optional<RowKey> end) {
    public ScanPage {
        records = List.copyOf(records);
    }
}
