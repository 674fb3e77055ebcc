package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.apply.MariaDbReplicaHeartbeat;
import dev.rehome.catalog.mariadb.apply.MariaDbServerLoad;
import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.ledger.MappingTableCheck;
import dev.rehome.catalog.mariadb.ledger.MariaDbBatchLedger;
import dev.rehome.catalog.mariadb.ledger.MariaDbLeaderLock;
import dev.rehome.catalog.mariadb.ledger.MariaDbManifestLoader;
import dev.rehome.catalog.mariadb.ledger.MariaDbMigratedRecords;
import dev.rehome.catalog.mariadb.ledger.MariaDbOutcomeLedger;
import dev.rehome.catalog.mariadb.ledger.MariaDbPendingScaleDown;
import dev.rehome.catalog.mariadb.ledger.MariaDbRunLedger;
import dev.rehome.catalog.mariadb.ledger.SettingsFingerprint;
import dev.rehome.catalog.mariadb.preflight.MariaDbPreflight;
import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.catalog.mariadb.preflight.TableProfiles;
import dev.rehome.catalog.mariadb.scan.ManifestFilter;
import dev.rehome.catalog.mariadb.scan.MariaDbLocationScanner;
import dev.rehome.catalog.mariadb.scan.MariaDbWorkSource;
import dev.rehome.catalog.mariadb.scan.PrefixFilter;
import dev.rehome.catalog.mariadb.scan.RecordIdentity;
import dev.rehome.catalog.mariadb.scan.RowFilter;
import dev.rehome.catalog.mariadb.sql.CatalogConnections;
import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.ConnectorProperties;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.Rejected;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.catalog.BatchLedger;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.ManifestLoader;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.catalog.PendingScaleDown;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.catalog.ServerAddress;
import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.catalog.VerificationCatalog;
import dev.rehome.common.catalog.WorkSource;
import dev.rehome.common.settings.MigrationSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalog and the ledger of one migration on MariaDB 10.6 or later: assembles the contracts' implementations. */
public final class MariaDbCatalog implements ProducerCatalog, VerificationCatalog {
    private final MariaDbSettings settings;
    private final MigrationSettings migration;
    private final SideEffectPolicy policy;
    private final Selection selection;
    private final ConnectorProperties driver;
    private final CatalogConnections connections;
    private final JdbcRunner jdbc;
    private final MappingSchema schema;
    private final ColumnCatalog columns;
    private final MariaDbLeaderLock lock;

    /** Connects at the first call, which fails if the database can't be reached. */
    public MariaDbCatalog(
            MariaDbSettings settings,
            MigrationSettings migration,
            SideEffectPolicy policy,
            Selection selection,
            PasswordSource password,
            int pool) {
        this.settings = settings;
        this.migration = migration;
        this.policy = policy;
        this.selection = selection;
        this.driver = new ConnectorProperties(settings, password);
        this.connections = driver.primary(pool);
        this.jdbc = new JdbcRunner(connections);
        this.schema = new MappingSchema(settings.mapping());
        this.columns = new ColumnCatalog(jdbc);
        this.lock = new MariaDbLeaderLock(connections, settings.mapping());
    }

    JdbcRunner jdbc() {
        return jdbc;
    }

    MappingSchema schema() {
        return schema;
    }

    @Override
    public Inspection inspect() {
        MariaDbPreflight.Result result = new MariaDbPreflight(
                        jdbc,
                        columns,
                        new MariaDbPreflight.Subject(settings, migration.keys(), selection, policy),
                        ownership(),
                        runs(),
                        this::legacyLocations)
                .check();
        return new Inspection(result.profile().map(profile -> new MariaDbTable(this, profile)), result.findings());
    }

    void prepare(TableProfile profile) {
        ownership().refusal(Optional.of(profile)).ifPresent(refusal -> {
            throw new Rejected(refusal);
        });
        for (SqlFragment statement : schema.statements(profile)) {
            jdbc.update("creating the mapping table " + schema.mapping(), statement);
        }
    }

    private MappingTableCheck ownership() {
        return new MappingTableCheck(jdbc, columns, schema, SettingsFingerprint.of(migration, settings));
    }

    WorkSource work(TableProfile profile) {
        LocationSql location = new LocationSql(profile.column());
        RowFilter filter = switch (selection) {
            case PREFIX -> new PrefixFilter(location, migration.keys());
            case MANIFEST -> new ManifestFilter(location, schema.manifest(), migration.keys());
        };
        return new MariaDbWorkSource(jdbc, identity(profile), location, filter, schema);
    }

    /** Only prefixes give each old key a new key of its own. */
    boolean sharesKeys() {
        return selection == Selection.MANIFEST || migration.keys().layout() == KeyLayout.FLATTEN;
    }

    /** All values of the column. */
    LocationScanner locations(TableProfile profile) {
        return new MariaDbLocationScanner(
                jdbc, identity(profile), new LocationSql(profile.column()), SqlFragment.sql("TRUE"));
    }

    private LocationScanner legacyLocations(TableProfile profile) {
        LocationSql location = new LocationSql(profile.column());
        SqlFragment legacy = new PrefixFilter(location, migration.keys()).condition();
        return new MariaDbLocationScanner(jdbc, identity(profile), location, legacy);
    }

    private RecordIdentity identity(TableProfile profile) {
        return RecordIdentity.of(jdbc, profile, settings.window());
    }

    @Override
    public MariaDbLeaderLock lock() {
        return lock;
    }

    @Override
    public ManifestLoader manifest() {
        return new MariaDbManifestLoader(jdbc, columns, lock, schema.manifest());
    }

    @Override
    public OutcomeLedger outcomes() {
        return new MariaDbOutcomeLedger(jdbc, schema, columns, ownership());
    }

    @Override
    public BatchLedger batches() {
        return new MariaDbBatchLedger(jdbc, schema);
    }

    @Override
    public RunLedger runs() {
        return new MariaDbRunLedger(jdbc, schema, SettingsFingerprint.of(migration, settings));
    }

    @Override
    public PendingScaleDown scaleDown() {
        return new MariaDbPendingScaleDown(jdbc, schema);
    }

    @Override
    public MigratedRecords migrated() {
        ownership().refusal(Optional.empty()).ifPresent(refusal -> {
            throw new Rejected(refusal);
        });
        TableProfile profile = new TableProfiles(jdbc, columns, settings, policy).ofMigration(schema.mapping());
        return new MariaDbMigratedRecords(jdbc, schema, profile, settings.window());
    }

    @Override
    public ServerLoad load() {
        return new MariaDbServerLoad(jdbc);
    }

    @Override
    public ReplicaHeartbeat heartbeat(List<ServerAddress> replicas, String writer) {
        Map<String, CatalogConnections> byName = new LinkedHashMap<>();
        replicas.forEach(address -> byName.put(address.toString(), driver.replica(address)));
        return new MariaDbReplicaHeartbeat(jdbc, schema, writer, byName);
    }

    @Override
    public void close() {
        lock.close();
        connections.close();
    }
}
