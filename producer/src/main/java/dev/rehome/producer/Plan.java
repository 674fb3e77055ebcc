package dev.rehome.producer;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.WorkSource.CountedWindow;
import dev.rehome.common.process.ExitCode;
import dev.rehome.manifest.ValidatedManifest;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes all checks, counts the rows that a run would migrate, and prints both. Changes nothing. */
record Plan(Preflight preflight, RunManifest manifest, TargetKeyRule keys, int batchSize, PrintStream out) {
    private static final int SAMPLES = 3;
    /** How many windows of the column are read for samples. */
    private static final int SAMPLED_WINDOWS = 20;

    /** Prints the plan and returns the exit code. */
    int print() {
        Inspection result = preflight.check();
        result.findings().forEach(this::print);
        boolean refused = result.isRefused();
        Optional<Count> count = Optional.empty();
        if (result.table().isPresent() && manifest.isKnown()) {
            CatalogTable table = result.table().get();
            count = Optional.of(count(table));
            refused |= print(count.get(), table);
            out.printf("  The bulk update of a batch:%n    %s%n", table.update().statement());
        }
        if (refused) {
            out.println("Refused: nothing was changed.");
            return ExitCode.REFUSED;
        }
        boolean empty = count.filter(each -> each.records() == 0).isPresent();
        out.println(
                empty
                        ? "Ready, but a run would find nothing to migrate: nothing was changed yet."
                        : "Ready: nothing was changed yet.");
        return ExitCode.COMPLETE;
    }

    private void print(PreflightFinding finding) {
        String mark = switch (finding.severity()) {
            case INFO -> "  ";
            case WARNING -> "  Warning: ";
            case REFUSED -> "  Refused: ";
        };
        out.println(mark + finding.text());
    }

    /** Prints the count, with samples; returns whether it prevents a run. */
    private boolean print(Count count, CatalogTable table) {
        boolean byManifest = manifest.validated().isPresent();
        out.printf(
                Locale.ROOT,
                "  %,d %s, %,d batches of %,d%n",
                count.records(),
                byManifest ? "rows hold a key of the manifest" : "legacy rows",
                (count.records() + batchSize - 1) / batchSize,
                batchSize);
        if (count.records() == 0) {
            print(PreflightFinding.warning(
                    byManifest
                            ? "No row holds a key of the manifest: compare one of its keys with the column byte for"
                                    + " byte, and check MANIFEST_ENCODING and MANIFEST_FIELDS."
                            : "No row holds a key that starts with " + keys.legacy()
                                    + ": check LEGACY_S3_OBJECT_PREFIX and TABLE_COLUMN_NAME_TO_UPDATE."));
            printSamples(table, "The column holds, for example:", true);
        } else if (!byManifest) {
            printSamples(table, "For example:", false);
        }
        if (count.tooLong() > 0) {
            print(PreflightFinding.refused(String.format(
                    Locale.ROOT,
                    "%,d of them have a new key that is longer than the column: widen it or shorten the new keys.",
                    count.tooLong())));
        }
        return count.tooLong() > 0;
    }

    private void printSamples(CatalogTable table, String title, boolean anyValue) {
        List<String> samples = new ArrayList<>();
        LocationScanner scanner = table.locations();
        Optional<RowKey> position = Optional.empty();
        for (int window = 0; window < SAMPLED_WINDOWS && samples.size() < SAMPLES; window++) {
            LocationScanner.Page page = scanner.page(position);
            page.locations().stream()
                    .filter(location -> anyValue || keys.isLegacy(location))
                    .limit(SAMPLES - samples.size())
                    .map(location -> anyValue ? "'" + location + "'" : location + " -> " + keys.targetOf(location))
                    .forEach(samples::add);
            position = page.end();
            if (position.isEmpty()) {
                break;
            }
        }
        if (!samples.isEmpty()) {
            out.println("  " + title);
            samples.forEach(sample -> out.println("    " + sample));
        }
    }

    private Count count(CatalogTable table) {
        return manifest.validated()
                .map(listed -> countListed(listed, table.locations()))
                .orElseGet(() -> countLegacy(table));
    }

    private static Count countLegacy(CatalogTable table) {
        Count count = new Count(0, 0);
        Optional<RowKey> position = Optional.empty();
        do {
            CountedWindow window = table.work().count(position);
            count = new Count(count.records() + window.legacy(), count.tooLong() + window.tooLong());
            position = window.end();
        } while (position.isPresent());
        return count;
    }

    /** A plan doesn't load the manifest, so the database can't join it: all values of the column are looked up here. */
    private static Count countListed(ValidatedManifest listed, LocationScanner scanner) {
        long records = 0;
        long tooLong = 0;
        Optional<RowKey> position = Optional.empty();
        do {
            LocationScanner.Page page = scanner.page(position);
            for (String location : page.locations()) {
                records += listed.contains(location) ? 1 : 0;
                tooLong += listed.isTooLong(location) ? 1 : 0;
            }
            position = page.end();
        } while (position.isPresent());
        return new Count(records, tooLong);
    }

    /** The records to be migrated, and those of them whose new key is longer than the column. */
    private record Count(long records, long tooLong) {}
}
