package dev.rehome.producer.operator;

import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.settings.Setting;
import dev.rehome.producer.ProducerFactory;
import dev.rehome.producer.ProducerServices;
import dev.rehome.producer.report.PeriodicLine;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes the report of a run with the producer's settings: on demand, and at the end of a run.
 *
 * @param environment its settings are listed in the report, secrets masked
 * @param out receives lines for people
 */
public record ReportWriting(
        Map<String, String> environment, ProducerFactory factory, ProducerServices services, Consumer<String> out) {
    /** Where the report of a run is written at its end. */
    public static final Setting<Optional<String>> REPORT_LOCATION = new Setting.Builder<>(
                    "REPORT_LOCATION",
                    "Where a run writes its report at its end, CSV files of all outcomes and a manifest: a directory or"
                            + " s3://bucket/prefix. When it isn't set, only `producer report` writes one.",
                    "a directory or s3://bucket/prefix",
                    ReportDestination::checked)
            .optional();

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(REPORT_LOCATION);

    private static final int RECORDS_PER_FILE = 250_000;

    /**
     * Writes the report of a run.
     *
     * @param place a directory or {@code s3://bucket/prefix}
     * @throws IllegalArgumentException when the place is neither
     */
    public void write(Run run, String place, boolean failedOnly) throws IOException {
        PeriodicLine line = new PeriodicLine(services.clock(), out);
        try (ReportDestination destination = ReportDestination.of(place, factory::store)) {
            ReportManifest manifest = new ReportManifest(
                    services.catalog(),
                    factory.describe(),
                    ReportManifest.configuration(ProducerFactory.allSettings(), environment),
                    services.catalog()
                            .inspect()
                            .table()
                            .map(CatalogTable::update)
                            .map(update -> update.statement())
                            .orElse(""));
            List<ReportFile.Published> files = new OutcomeReport(services.catalog(), destination, RECORDS_PER_FILE)
                    .write(
                            run,
                            failedOnly,
                            manifest,
                            records -> line.offer(
                                    () -> String.format(Locale.ROOT, "%,d outcomes written so far", records)));
            out.accept("Report of run " + run.number() + " in " + place + ":");
            files.forEach(file -> out.accept(String.format(
                    Locale.ROOT, "  %-36s %,12d records %,14d bytes", file.name(), file.records(), file.bytes())));
        }
    }
}
