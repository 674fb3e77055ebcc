package dev.rehome.common.catalog;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whole passes over a catalog, window by window. */
public record CatalogWalk(RecordScanner scanner) {
    /** Every legacy record, in the order of the scan, with the failures that the run has reported. */
    public List<ScannedRecord> pass(int run) {
        List<ScannedRecord> found = new ArrayList<>();
        Optional<RowKey> after = Optional.empty();
        do {
            ScanPage page = scanner.page(after, run);
            found.addAll(page.records());
            after = page.end();
        } while (after.isPresent());
        return found;
    }

    /** The same without the failures. */
    public List<SourceRecord> records(int run) {
        return pass(run).stream().map(ScannedRecord::record).toList();
    }

    /** What counting ahead finds in all windows: legacy records, and how many of them would be too long. */
    public long[] count() {
        long[] sums = new long[2];
        Optional<RowKey> after = Optional.empty();
        do {
            RecordScanner.CountedWindow window = scanner.count(after);
            sums[0] += window.legacy();
            sums[1] += window.tooLong();
            after = window.end();
        } while (after.isPresent());
        return sums;
    }
}
