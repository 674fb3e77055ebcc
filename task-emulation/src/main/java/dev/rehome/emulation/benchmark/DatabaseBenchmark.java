package dev.rehome.emulation.benchmark;

import dev.rehome.catalog.mariadb.MariaDbCatalog;
import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.ApplyResult;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.catalog.ReferenceUpdate;
import dev.rehome.common.catalog.ScannedRecord;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.catalog.WorkSource;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Measures the catalog's statements one after the other: the scan, the insert of outcomes and the bulk UPDATE. */
final class DatabaseBenchmark {
    static final String PART = "database";

    private static final List<Integer> SIZES = List.of(500, 1_000, 2_000, 5_000, 10_000);
    private static final int RECORDS_OF_A_CASE = 20_000;

    private final EmulatedMigration migration;
    private final Measurements measurements;
    private final SplittableRandom random = new SplittableRandom(1);

    /** {@code migration}: on servers of its own. */
    DatabaseBenchmark(EmulatedMigration migration) {
        this.migration = migration;
        this.measurements =
                new Measurements("MariaDB", migration.servers().database().pid());
    }

    /** Measures each batch size several times, each time with other rows, after a warm-up. */
    void run(int repeats, Report report) throws SQLException {
        // Some of the sample's rows aren't to be migrated.
        migration.seedRows(RECORDS_OF_A_CASE * SIZES.size() * (repeats + 1) / 10 * 11, done -> {});
        Environment env = new Environment(migration.environment());
        MariaDbSettings settings = MariaDbSettings.from(env);
        try (MariaDbCatalog catalog = new MariaDbCatalog(
                settings,
                MigrationSettings.from(env, "bench"),
                SideEffectPolicy.from(env),
                Selection.PREFIX,
                PasswordSource.fixed(settings.password()),
                2)) {
            CatalogTable table = catalog.inspect().table().orElseThrow();
            if (!catalog.lock().acquire(Duration.ofSeconds(5))) {
                throw new IllegalStateException("another producer holds the lock of a new database");
            }
            table.prepare();
            RunId run = catalog.runs().startOrResume(Optional.empty()).id();
            List<SourceRecord> records = scan(table.work(), run);
            for (int i = 0; i < repeats; i++) {
                measurements.measure("scan", "scanned rows", records.size(), true, () -> scan(table.work(), run));
            }
            Iterator<SourceRecord> next = records.iterator();
            for (int i = 0; i <= repeats; i++) {
                for (int size : SIZES) {
                    writeBack(catalog, table.update(), batches(next, size, run), i > 0);
                }
            }
        }
        measurements.addTo(report, PART);
    }

    private static List<SourceRecord> scan(WorkSource work, RunId run) {
        List<SourceRecord> records = new ArrayList<>();
        Optional<RowKey> after = Optional.empty();
        do {
            WorkSource.Page page = work.page(after, run.number());
            page.records().stream().map(ScannedRecord::record).forEach(records::add);
            after = page.end();
        } while (after.isPresent());
        return records;
    }

    private List<Batch> batches(Iterator<SourceRecord> next, int size, RunId run) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < RECORDS_OF_A_CASE / size; i++) {
            List<SourceRecord> records = new ArrayList<>();
            while (records.size() < size) {
                records.add(next.next());
            }
            batches.add(new Batch(BatchId.next(InstantSource.system(), random), run, records));
        }
        return batches;
    }

    private void writeBack(MariaDbCatalog catalog, ReferenceUpdate update, List<Batch> batches, boolean counts) {
        int size = batches.get(0).size();
        String subject = String.format("batches of %,d", size);
        measurements.measure(
                subject,
                "inserted outcomes",
                RECORDS_OF_A_CASE,
                counts,
                () -> batches.forEach(batch -> catalog.outcomes().record(batch, outcomes(batch))));
        long start = System.nanoTime();
        measurements.measure(
                subject,
                "updated rows",
                RECORDS_OF_A_CASE,
                counts,
                () -> batches.forEach(batch -> apply(update, batch)));
        if (counts) {
            // No other session waits longer for a row of the batch.
            measurements.add(subject, "ms an UPDATE", (System.nanoTime() - start) / 1e6 / batches.size());
        }
    }

    private static void apply(ReferenceUpdate update, Batch batch) {
        ApplyResult result = update.apply(batch.id(), batch.size());
        if (result.totals().migrated() != batch.size()) {
            throw new IllegalStateException("expected " + batch.size() + " updated rows, found " + result);
        }
    }

    private static List<RecordOutcome> outcomes(Batch batch) {
        List<RecordOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            String target = SampleRow.targetOf(batch.records().get(i).location());
            outcomes.add(new CopiedRecord(i, target, "5eed000000000000000000000000000" + i % 10, OptionalLong.empty()));
        }
        return outcomes;
    }
}
