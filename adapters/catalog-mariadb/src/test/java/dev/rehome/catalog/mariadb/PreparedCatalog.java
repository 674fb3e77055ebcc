package dev.rehome.catalog.mariadb;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.ApplyResult;
import dev.rehome.common.catalog.CatalogWalk;
import dev.rehome.common.catalog.CatalogWriter;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.MappingTable;
import dev.rehome.common.catalog.TableProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A catalog on which a run has begun: what producer and consumer do to it, without queue and store. */
final class PreparedCatalog implements AutoCloseable {
    private final MariaDbCatalog catalog;
    private final TargetKeyRule keys;
    private final TableProfile profile;
    private final MappingTable mappings;
    private final CatalogWriter session;
    private final int run;

    PreparedCatalog(MariaDbCatalog catalog, TargetKeyRule keys) {
        this.catalog = catalog;
        this.keys = keys;
        Inspection inspection = catalog.inspect();
        this.profile = inspection
                .profile()
                .orElseThrow(() -> new AssertionError(inspection.findings().toString()));
        catalog.prepare(profile);
        this.run = catalog.runs().open(Optional.empty()).number();
        this.mappings = catalog.mappings();
        this.session = catalog.session(profile);
        session.acquire(Duration.ofSeconds(1));
    }

    MariaDbCatalog catalog() {
        return catalog;
    }

    TargetKeyRule keys() {
        return keys;
    }

    TableProfile profile() {
        return profile;
    }

    CatalogWriter session() {
        return session;
    }

    MappingTable mappings() {
        return mappings;
    }

    CatalogWalk walk() {
        return new CatalogWalk(catalog.scanner(profile));
    }

    /** All legacy records as one batch. */
    Batch batch() {
        return batch(walk().records(run));
    }

    Batch batch(List<SourceRecord> records) {
        return new Batch(TestBatches.id(1), run, records);
    }

    /** Publishes all legacy records as one batch and records each as copied. */
    Batch copied() {
        Batch batch = batch();
        mappings.record(batch, TestBatches.copied(batch, keys));
        return batch;
    }

    ApplyResult apply(Batch batch) {
        return session.apply(batch.id(), batch.size());
    }

    /** The whole way of all legacy records. */
    ApplyResult migrate() {
        return apply(copied());
    }

    @Override
    public void close() {
        session.close();
        catalog.close();
    }
}
