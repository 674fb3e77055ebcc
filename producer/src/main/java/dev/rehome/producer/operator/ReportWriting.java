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

/** Writes the report of the latest run with the producer's settings: on demand, and at the end of a run. */
public final class ReportWriting {
    /** Where the report of a run is written at its end. */
    public static final Setting<Optional<String>> REPORT_LOCATION = new Setting.Builder<>(
                    "REPORT_LOCATION",
                    "Where the end of a run writes its report, CSV files of all outcomes and a manifest: a directory or"
                            + " s3://bucket/prefix. Without it, `producer report` writes one on demand.",
                    "a directory or s3://bucket/prefix",
                    ReportDestination::checked)
            .optional();

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(REPORT_LOCATION);

    private static final int RECORDS_PER_FILE = 250_000;
    private static final long PROGRESS = 1_000_000;

    private final Map<String, String> environment;
    private final ProducerFactory factory;
    private final ProducerServices services;
    private final Consumer<String> out;

    /** The report masks and lists the settings in {@code environment}; {@code out} receives lines for people. */
    public ReportWriting(
            Map<String, String> environment, ProducerFactory factory, ProducerServices services, Consumer<String> out) {
        this.environment = environment;
        this.factory = factory;
        this.services = services;
        this.out = out;
    }

    /**
     * Writes the report of the latest run.
     *
     * @param place a directory or {@code s3://bucket/prefix}
     * @throws IllegalArgumentException when the place is neither
     */
    public void write(Run run, String place, boolean failedOnly) throws IOException {
        long[] shown = {0};
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
                    .write(run, failedOnly, manifest, records -> {
                        if (records - shown[0] >= PROGRESS) {
                            shown[0] = records;
                            out.accept(String.format(Locale.ROOT, "%,d outcomes written so far", records));
                        }
                    });
            out.accept("Report of run " + run.number() + " in " + place + ":");
            files.forEach(file -> out.accept(String.format(
                    Locale.ROOT, "  %-36s %,12d records %,14d bytes", file.name(), file.records(), file.bytes())));
        }
    }
}
