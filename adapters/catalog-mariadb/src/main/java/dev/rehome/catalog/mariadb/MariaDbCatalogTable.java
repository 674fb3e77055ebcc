package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.apply.MariaDbReferenceUpdate;
import dev.rehome.catalog.mariadb.apply.UpdateExplanation;
import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.ledger.MappingTableCheck;
import dev.rehome.catalog.mariadb.ledger.MariaDbLeaderLock;
import dev.rehome.catalog.mariadb.preflight.MariaDbColumnCapacity;
import dev.rehome.catalog.mariadb.scan.MariaDbLocationScanner;
import dev.rehome.catalog.mariadb.scan.MariaDbReferenceLookup;
import dev.rehome.catalog.mariadb.scan.MariaDbRowSampler;
import dev.rehome.catalog.mariadb.scan.MariaDbWorkSource;
import dev.rehome.catalog.mariadb.scan.RecordIdentity;
import dev.rehome.catalog.mariadb.scan.RowFilter;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.ColumnCapacity;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.ReferenceLookup;
import dev.rehome.common.catalog.ReferenceUpdate;
import dev.rehome.common.catalog.RowSampler;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.catalog.WorkSource;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The table whose references are migrated.
 *
 * @param profile its shape
 * @param mappingTable the ledger's tables
 * @param identity how its records are identified
 * @param lock holds the connection of the update
 * @param keys the keys that are migrated
 * @param selection how its rows are selected
 */
record MariaDbCatalogTable(
        TableProfile profile,
        MappingTableCheck mappingTable,
        RecordIdentity identity,
        MariaDbLeaderLock lock,
        TargetKeyRule keys,
        Selection selection)
        implements CatalogTable {
    @Override
    public void prepare() {
        mappingTable.requireOurs(Optional.of(profile));
        for (SqlFragment statement : schema().statements(profile)) {
            jdbc().update("creating the mapping table " + schema().mapping(), statement);
        }
    }

    @Override
    public WorkSource work() {
        RowFilter filter = selection == Selection.PREFIX
                ? RowFilter.byPrefix(location(), keys)
                : RowFilter.byManifest(location(), schema().manifest(), keys);
        return new MariaDbWorkSource(jdbc(), identity, location(), filter, schema());
    }

    @Override
    public LocationScanner locations() {
        return new MariaDbLocationScanner(jdbc(), identity, location(), SqlFragment.TRUE);
    }

    @Override
    public ReferenceLookup references() {
        return new MariaDbReferenceLookup(jdbc(), profile);
    }

    @Override
    public RowSampler sampler() {
        return new MariaDbRowSampler(jdbc(), profile, new SplittableRandom());
    }

    @Override
    public RowSampler.UpdatePlan updatePlan() {
        boolean exists = !mappingTable.columns().of(schema().mapping()).isEmpty();
        return new UpdateExplanation(jdbc(), schema(), profile, exists, Batch.MAX_RECORDS).explain();
    }

    @Override
    public ColumnCapacity capacity() {
        return new MariaDbColumnCapacity(jdbc(), profile.column());
    }

    @Override
    public ReferenceUpdate update() {
        // Only prefixes give each old key a new key of its own.
        boolean sharesKeys = selection == Selection.MANIFEST || keys.layout() == KeyLayout.FLATTEN;
        return new MariaDbReferenceUpdate(lock, schema(), profile, sharesKeys);
    }

    private JdbcRunner jdbc() {
        return mappingTable.jdbc();
    }

    private MappingSchema schema() {
        return mappingTable.schema();
    }

    private LocationSql location() {
        return new LocationSql(profile.column());
    }
}
