package dev.rehome.producer.operator;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.Ledger;
import dev.rehome.common.catalog.RecordedOutcome;
import dev.rehome.common.catalog.RecordedOutcomes;
import dev.rehome.common.catalog.RunLedger.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Writes the outcomes of a run as CSV files and then a manifest, which names them; docs/REPORT.md describes both. Only a
 * few batches are held in memory. An earlier report of the run at the same place is replaced file by file, the manifest
 * last.
 */
record OutcomeReport(Ledger ledger, ReportDestination destination, int recordsPerFile) {
    /**
     * Writes the report of a run.
     *
     * @param manifest makes the manifest of the CSV files
     * @param progress receives the number of records written so far
     * @return all files, the manifest last
     */
    List<ReportFile.Published> write(Run run, boolean failedOnly, ReportManifest manifest, LongConsumer progress)
            throws IOException {
        String start = "rehome-run-" + run.number() + "-";
        List<ReportFile.Published> files =
                new Files(start + (failedOnly ? "failed-" : "outcomes-")).write(run.number(), failedOnly, progress);
        String text = manifest.json(run, failedOnly, files);
        try (ReportFile file = new ReportFile(destination, start + "manifest.json")) {
            file.write(text);
            files.add(file.publish());
        }
        return files;
    }

    /** The CSV files of one report. */
    private final class Files {
        private final String start;
        private final List<ReportFile.Published> published = new ArrayList<>();
        private ReportFile open;

        private Files(String start) {
            this.start = start;
        }

        List<ReportFile.Published> write(int run, boolean failedOnly, LongConsumer progress) throws IOException {
            long written = 0;
            Optional<BatchId> end = Optional.empty();
            try {
                do {
                    List<RecordedOutcome> records;
                    if (failedOnly) {
                        RecordedOutcomes.Page page = ledger.failures().page(run, Optional.empty(), end);
                        records = page.records();
                        end = page.end();
                    } else {
                        RecordedOutcomes.Page page = ledger.recorded().page(run, end);
                        records = page.records();
                        end = page.end();
                    }
                    for (RecordedOutcome record : records) {
                        add(record);
                    }
                    written += records.size();
                    progress.accept(written);
                } while (end.isPresent());
                publish();
            } finally {
                if (open != null) {
                    open.close();
                }
            }
            return published;
        }

        private void add(RecordedOutcome record) throws IOException {
            if (open == null) {
                open = new ReportFile(
                        destination, String.format(Locale.ROOT, "%s%05d.csv", start, published.size() + 1));
                open.write(CsvLine.of(OutcomeColumns.NAMES));
            }
            open.record(CsvLine.of(OutcomeColumns.cells(record)));
            if (open.records() == recordsPerFile) {
                publish();
            }
        }

        private void publish() throws IOException {
            if (open != null) {
                published.add(open.publish());
                open = null;
            }
        }
    }
}
