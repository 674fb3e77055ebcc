package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.sql.CatalogConnections;
import dev.rehome.catalog.mariadb.sql.CatalogSettings;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.Catalog;
import dev.rehome.common.catalog.CatalogWriter;
import dev.rehome.common.catalog.ColumnCapacity;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.MappingTable;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.catalog.PendingScaleDown;
import dev.rehome.common.catalog.RecordScanner;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.catalog.ServerAddress;
import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.catalog.TableProfile;
import dev.rehome.common.settings.MigrationSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalog of one migration on MariaDB 10.6 or later: opens the connections and hands out the contracts. */
public final class MariaDbCatalog implements Catalog {
    private final CatalogSettings settings;
    private final MigrationSettings migration;
    private final Acceptance acceptance;
    private final Selection selection;
    private final ConnectorProperties driver;
    private final CatalogConnections connections;
    private final Sql sql;
    private final MappingSchema schema;
    private final ColumnCatalog columns;

    /** Connects lazily: an absent database shows at the first call. */
    public MariaDbCatalog(
            CatalogSettings settings,
            MigrationSettings migration,
            Acceptance acceptance,
            Selection selection,
            PasswordSource password,
            int pool) {
        this.settings = settings;
        this.migration = migration;
        this.acceptance = acceptance;
        this.selection = selection;
        this.driver = new ConnectorProperties(settings, password);
        this.connections = driver.primary(pool);
        this.sql = new Sql(connections);
        this.schema = new MappingSchema(settings.mapping());
        this.columns = new ColumnCatalog(sql);
    }

    @Override
    public Inspection inspect() {
        return inspection().inspect();
    }

    private MariaDbInspection inspection() {
        return new MariaDbInspection(
                sql,
                columns,
                settings,
                migration,
                acceptance,
                selection,
                schema,
                profile -> locations(
                        profile, Optional.of(new ChosenByPrefix(new LocationSql(profile.column()), migration.keys()))));
    }

    @Override
    public void prepare(TableProfile profile) {
        ownership().refusal(Optional.of(profile)).ifPresent(refusal -> {
            throw new Rejected(refusal);
        });
        for (String statement : schema.statements(profile)) {
            sql.update("creating the mapping table " + schema.mapping(), statement, Sql::nothing);
        }
    }

    private MappingOwnership ownership() {
        return new MappingOwnership(sql, columns, schema, Fingerprint.of(migration, settings));
    }

    @Override
    public RecordScanner scanner(TableProfile profile) {
        LocationSql location = new LocationSql(profile.column());
        Chosen chosen = switch (selection) {
            case PREFIX -> new ChosenByPrefix(location, migration.keys());
            case MANIFEST -> new ChosenByManifest(location, schema.manifest(), migration.keys());
        };
        return profile.isKeyless()
                ? new DistinctValueScanner(sql, profile, schema, chosen, settings.window())
                : new MariaDbRecordScanner(sql, profile, schema, chosen, settings.window());
    }

    @Override
    public LocationScanner locations(TableProfile profile) {
        return locations(profile, Optional.empty());
    }

    private LocationScanner locations(TableProfile profile, Optional<ChosenByPrefix> legacy) {
        return profile.isKeyless()
                ? new DistinctValueReader(sql, profile, legacy, settings.window())
                : new MariaDbLocationScanner(sql, profile, legacy, settings.window());
    }

    @Override
    public ColumnCapacity fit(TableProfile profile) {
        return new MariaDbColumnCapacity(sql, profile.column());
    }

    @Override
    public Optional<String> loadedManifest() {
        return new ManifestTable(schema.manifest()).loaded(sql, columns);
    }

    @Override
    public CatalogWriter session(TableProfile profile) {
        // Lock names end at 64 characters in MariaDB.
        String lock =
                "rehome:" + Fingerprint.sha256(schema.mapping().toString()).substring(0, 40);
        return new MariaDbCatalogWriter(
                connections, new BulkUpdate(schema, profile), new ManifestTable(schema.manifest()), lock);
    }

    @Override
    public MappingTable mappings() {
        return new MariaDbMappingTable(sql, schema, columns, ownership());
    }

    @Override
    public MigratedRecords migrated() {
        ownership().refusal(Optional.empty()).ifPresent(refusal -> {
            throw new Rejected(refusal);
        });
        TableProfile profile = inspection().profile(columns.mappingKey(schema.mapping()));
        return new MariaDbMigratedRecords(sql, schema, profile, settings.window());
    }

    @Override
    public RunLedger runs() {
        return new MariaDbRunLedger(sql, schema, Fingerprint.of(migration, settings));
    }

    /** The note on scaling that is left to do. */
    public PendingScaleDown scaling() {
        return new MariaDbPendingScaleDown(sql, Identifiers.table(schema.runs()));
    }

    @Override
    public ServerLoad load() {
        return new MariaDbServerLoad(sql);
    }

    @Override
    public ReplicaHeartbeat heartbeat(List<ServerAddress> replicas, String writer) {
        Map<String, CatalogConnections> connections = new LinkedHashMap<>();
        replicas.forEach(address -> connections.put(address.toString(), driver.replica(address)));
        return new MariaDbReplicaHeartbeat(sql, schema, writer, connections);
    }

    @Override
    public String updateStatement(TableProfile profile) {
        return new BulkUpdate(schema, profile).statement();
    }

    @Override
    public void close() {
        connections.close();
    }
}
