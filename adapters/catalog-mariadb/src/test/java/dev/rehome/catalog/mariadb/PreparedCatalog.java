package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.ApplyResult;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.CatalogWalk;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ReferenceUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A catalog whose first run has started, with the steps of producer and consumer but without queue and store. */
final class PreparedCatalog implements AutoCloseable {
    private final MariaDbCatalog catalog;
    private final TargetKeyRule keys;
    private final CatalogTable table;
    private final OutcomeLedger outcomes;
    private final ReferenceUpdate update;
    private final RunId run;
    private final boolean isKeyless;

    PreparedCatalog(MariaDbCatalog catalog, TargetKeyRule keys) {
        this.catalog = catalog;
        this.keys = keys;
        Inspection inspection = catalog.inspect();
        this.table = inspection
                .table()
                .orElseThrow(() -> new AssertionError(inspection.findings().toString()));
        this.isKeyless = inspection.findings().stream()
                .anyMatch(finding -> finding.text().contains("records are the distinct values of the column"));
        table.prepare();
        this.run = catalog.runs().startOrResume(Optional.empty()).id();
        this.outcomes = catalog.outcomes();
        this.update = table.update();
        catalog.lock().acquire(Duration.ofSeconds(1));
    }

    MariaDbCatalog catalog() {
        return catalog;
    }

    TargetKeyRule keys() {
        return keys;
    }

    CatalogTable table() {
        return table;
    }

    /** Whether records are the distinct values of the column. */
    boolean isKeyless() {
        return isKeyless;
    }

    OutcomeLedger outcomes() {
        return outcomes;
    }

    CatalogWalk walk() {
        return new CatalogWalk(table.work());
    }

    RunId run() {
        return run;
    }

    /** All legacy records as one batch. */
    Batch batch() {
        return batch(walk().records(run.number()));
    }

    Batch batch(List<SourceRecord> records) {
        return new Batch(TestBatches.id(1), run, records);
    }

    /** Publishes all legacy records as one batch and records each as copied. */
    Batch copied() {
        Batch batch = batch();
        outcomes.record(batch, TestBatches.copied(batch, keys));
        return batch;
    }

    RecordTotals apply(Batch batch) {
        ApplyResult result = update.apply(batch.id(), batch.size());
        assertThat(result.missing()).isZero();
        return result.totals();
    }

    /** Copies and applies all legacy records. */
    RecordTotals migrate() {
        return apply(copied());
    }

    @Override
    public void close() {
        catalog.close();
    }
}
