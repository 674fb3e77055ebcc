package dev.rehome.common.catalog;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Complete passes over a work source, window by window. */
public record CatalogWalk(WorkSource work) {
    /** Every legacy record in key order, with the failures that the run has recorded. */
    public List<ScannedRecord> pass(int run) {
        List<ScannedRecord> found = new ArrayList<>();
        Optional<RowKey> after = Optional.empty();
        do {
            WorkSource.Page page = work.page(after, run);
            found.addAll(page.records());
            after = page.end();
        } while (after.isPresent());
        return found;
    }

    /** The same without the failures. */
    public List<SourceRecord> records(int run) {
        return pass(run).stream().map(ScannedRecord::record).toList();
    }

    /** The sums over all windows: legacy records, and how many of their new locations are too long. */
    public long[] count() {
        long[] sums = new long[2];
        Optional<RowKey> after = Optional.empty();
        do {
            WorkSource.CountedWindow window = work.count(after);
            sums[0] += window.legacy();
            sums[1] += window.tooLong();
            after = window.end();
        } while (after.isPresent());
        return sums;
    }
}
