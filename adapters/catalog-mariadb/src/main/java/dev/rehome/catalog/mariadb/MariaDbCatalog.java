package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.apply.MariaDbReferenceRollback;
import dev.rehome.catalog.mariadb.apply.MariaDbReplicaHeartbeat;
import dev.rehome.catalog.mariadb.apply.MariaDbServerLoad;
import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.ledger.MappingTableCheck;
import dev.rehome.catalog.mariadb.ledger.MariaDbBatchLedger;
import dev.rehome.catalog.mariadb.ledger.MariaDbControlLedger;
import dev.rehome.catalog.mariadb.ledger.MariaDbFailureLedger;
import dev.rehome.catalog.mariadb.ledger.MariaDbLeaderLock;
import dev.rehome.catalog.mariadb.ledger.MariaDbManifestLoader;
import dev.rehome.catalog.mariadb.ledger.MariaDbMigratedRecords;
import dev.rehome.catalog.mariadb.ledger.MariaDbOutcomeLedger;
import dev.rehome.catalog.mariadb.ledger.MariaDbRecordedOutcomes;
import dev.rehome.catalog.mariadb.ledger.MariaDbRemains;
import dev.rehome.catalog.mariadb.ledger.MariaDbRunLedger;
import dev.rehome.catalog.mariadb.ledger.SettingsFingerprint;
import dev.rehome.catalog.mariadb.preflight.MariaDbPreflight;
import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.catalog.mariadb.preflight.TableProfiles;
import dev.rehome.catalog.mariadb.scan.MariaDbLocationScanner;
import dev.rehome.catalog.mariadb.scan.RecordIdentity;
import dev.rehome.catalog.mariadb.scan.RowFilter;
import dev.rehome.catalog.mariadb.sql.CatalogConnections;
import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.Remains;
import dev.rehome.common.catalog.BatchLedger;
import dev.rehome.common.catalog.ControlLedger;
import dev.rehome.common.catalog.EventLedger;
import dev.rehome.common.catalog.FailureLedger;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.ManifestLoader;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.catalog.PendingScaleDown;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RecordedOutcomes;
import dev.rehome.common.catalog.ReferenceRollback;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.catalog.ServerAddress;
import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.catalog.VerificationCatalog;
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
    private final PasswordSource password;
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
        this.password = password;
        this.connections = CatalogConnections.primary(settings.server(), password, pool);
        this.jdbc = new JdbcRunner(connections);
        this.schema = new MappingSchema(settings.mapping());
        this.columns = new ColumnCatalog(jdbc);
        this.lock = new MariaDbLeaderLock(connections, settings.mapping());
    }

    @Override
    public Inspection inspect() {
        MariaDbPreflight.Subject subject = new MariaDbPreflight.Subject(settings, migration.keys(), selection, policy);
        MariaDbPreflight.Result result =
                new MariaDbPreflight(jdbc, columns, subject, mappingTable(), runs(), this::legacyLocations).check();
        return new Inspection(result.profile().map(this::table), result.findings());
    }

    private MariaDbCatalogTable table(TableProfile profile) {
        return new MariaDbCatalogTable(profile, mappingTable(), identity(profile), lock, migration.keys(), selection);
    }

    private MappingTableCheck mappingTable() {
        return new MappingTableCheck(jdbc, columns, schema, SettingsFingerprint.of(migration, settings));
    }

    private LocationScanner legacyLocations(TableProfile profile) {
        LocationSql location = new LocationSql(profile.column());
        SqlFragment legacy = RowFilter.byPrefix(location, migration.keys()).condition();
        return new MariaDbLocationScanner(jdbc, identity(profile), location, legacy);
    }

    private RecordIdentity identity(TableProfile profile) {
        return RecordIdentity.of(jdbc, profile, settings.window());
    }

    @Override
    public LeaderLock lock() {
        return lock;
    }

    @Override
    public ManifestLoader manifest() {
        return new MariaDbManifestLoader(jdbc, columns, lock, schema);
    }

    @Override
    public OutcomeLedger outcomes() {
        return new MariaDbOutcomeLedger(jdbc, schema, columns, mappingTable());
    }

    @Override
    public BatchLedger batches() {
        return new MariaDbBatchLedger(jdbc, schema);
    }

    @Override
    public RecordedOutcomes recorded() {
        return new MariaDbRecordedOutcomes(jdbc, schema, columns);
    }

    @Override
    public FailureLedger failures() {
        return new MariaDbFailureLedger(jdbc, schema, columns);
    }

    @Override
    public MariaDbRunLedger runs() {
        return new MariaDbRunLedger(jdbc, schema, SettingsFingerprint.of(migration, settings));
    }

    @Override
    public PendingScaleDown scaleDown() {
        return runs();
    }

    @Override
    public EventLedger events() {
        return runs();
    }

    @Override
    public ControlLedger control() {
        return new MariaDbControlLedger(jdbc, schema);
    }

    @Override
    public MigratedRecords migrated() {
        return new MariaDbMigratedRecords(jdbc, schema, migratedTable(), settings.window());
    }

    @Override
    public ReferenceRollback rollback() {
        return new MariaDbReferenceRollback(lock, jdbc, schema, migratedTable());
    }

    @Override
    public Remains remains() {
        return new MariaDbRemains(jdbc, schema, columns, mappingTable());
    }

    private TableProfile migratedTable() {
        mappingTable().requireOurs(Optional.empty());
        return new TableProfiles(jdbc, columns, settings, policy).ofMigration(schema.mapping());
    }

    @Override
    public ServerLoad load() {
        return new MariaDbServerLoad(jdbc);
    }

    @Override
    public ReplicaHeartbeat heartbeat(List<ServerAddress> replicas, String writer) {
        Map<String, CatalogConnections> byName = new LinkedHashMap<>();
        replicas.forEach(address ->
                byName.put(address.toString(), CatalogConnections.replica(address, settings.server(), password)));
        return new MariaDbReplicaHeartbeat(jdbc, schema, writer, byName);
    }

    @Override
    public void close() {
        lock.close();
        connections.close();
    }
}
