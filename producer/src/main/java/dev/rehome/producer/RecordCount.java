package dev.rehome.producer;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.WorkSource.CountedWindow;
import dev.rehome.common.process.ProgressLine;
import dev.rehome.manifest.ValidatedManifest;
import java.util.Optional;

/**
 * The records to be migrated, counted window by window.
 *
 * @param records how many there are
 * @param tooLong how many of them have a new key that is longer than the column
 */
record RecordCount(long records, long tooLong) {
    static final RecordCount NONE = new RecordCount(0, 0);

    /** Counts the records that the manifest selects, or else the prefix. */
    static RecordCount of(RunManifest manifest, CatalogTable table, ProgressLine progress) {
        progress.begin("Counting rows");
        return manifest.validated()
                .map(listed -> listed(listed, table.locations(), progress))
                .orElseGet(() -> legacy(table, progress));
    }

    private static RecordCount legacy(CatalogTable table, ProgressLine progress) {
        RecordCount count = NONE;
        Optional<RowKey> position = Optional.empty();
        do {
            CountedWindow window = table.work().count(position);
            count = new RecordCount(count.records() + window.legacy(), count.tooLong() + window.tooLong());
            progress.done(count.records());
            position = window.end();
        } while (position.isPresent());
        return count;
    }

    /** A plan doesn't load the manifest into the database, so each value of the column is looked up in it here. */
    private static RecordCount listed(ValidatedManifest listed, LocationScanner scanner, ProgressLine progress) {
        long records = 0;
        long tooLong = 0;
        Optional<RowKey> position = Optional.empty();
        do {
            LocationScanner.Page page = scanner.page(position);
            for (String location : page.locations()) {
                records += listed.contains(location) ? 1 : 0;
                tooLong += listed.isTooLong(location) ? 1 : 0;
            }
            progress.done(records);
            position = page.end();
        } while (position.isPresent());
        return new RecordCount(records, tooLong);
    }
}
