package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.catalog.mariadb.ledger.Fingerprint;
import dev.rehome.catalog.mariadb.ledger.MappingOwnership;
import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.ledger.MariaDbRunLedger;
import dev.rehome.catalog.mariadb.preflight.Acceptance.Timestamps;
import dev.rehome.catalog.mariadb.sql.CatalogSettings;
import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.ColumnCatalog.Column;
import dev.rehome.catalog.mariadb.sql.KeyColumn;
import dev.rehome.catalog.mariadb.sql.LocationColumn;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.Rejected;
import dev.rehome.common.batch.CollisionCheck;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.settings.MigrationSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The look at the catalog before anything changes: gathers every finding instead of stopping at the first. */
public final class MariaDbInspection {
    private final Sql sql;
    private final ColumnCatalog columns;
    private final CatalogSettings settings;
    private final MigrationSettings migration;
    private final Acceptance acceptance;
    private final Selection selection;
    private final MappingSchema schema;
    private final Function<TableProfile, LocationScanner> legacy;
    private final List<PreflightFinding> findings = new ArrayList<>();

    public MariaDbInspection(
            Sql sql,
            ColumnCatalog columns,
            CatalogSettings settings,
            MigrationSettings migration,
            Acceptance acceptance,
            Selection selection,
            MappingSchema schema,
            Function<TableProfile, LocationScanner> legacy) {
        this.sql = sql;
        this.columns = columns;
        this.settings = settings;
        this.migration = migration;
        this.acceptance = acceptance;
        this.selection = selection;
        this.schema = schema;
        this.legacy = legacy;
    }

    /** Checks everything; empty when a finding says why the table can't be used. */
    public Optional<TableProfile> inspect() {
        TableName table = settings.catalog();
        ServerChecks server = new ServerChecks(sql);
        findings.add(server.version());
        if (isRefused()) {
            return Optional.empty();
        }
        findings.addAll(server.find());
        List<Column> known = columns.of(table);
        if (known.isEmpty()) {
            findings.add(PreflightFinding.refused("There is no table " + table
                    + " that DB_USER may read: check DATABASE_NAME, DATABASE_TABLE_TO_UPDATE and the SELECT right."));
            return Optional.empty();
        }
        RightsChecks rights = new RightsChecks(sql);
        server.engine(table).ifPresent(findings::add);
        Optional<TableProfile> profile = profile(table, known);
        findings.addAll(new TableHazards(sql, table, settings.column(), acceptance).find(known));
        profile.ifPresent(found -> findings.addAll(rights.onCatalog(table, written(found))));
        findings.addAll(rights.onMapping(schema.mapping()));
        new MappingOwnership(sql, columns, schema, Fingerprint.of(migration, settings))
                .refusal(profile)
                .map(PreflightFinding::refused)
                .ifPresent(findings::add);
        // Last, because it reads the whole table: not worth it where the run is refused anyway.
        if (selection == Selection.PREFIX && migration.keys().layout() == KeyLayout.FLATTEN && !isRefused()) {
            LocationScanner reader = legacy.apply(profile.orElseThrow());
            List<PreflightFinding> collisions =
                    new FlattenCollisions(reader, migration.keys(), CollisionCheck.ofQuarterHeap()).find();
            // The application may have added them since: a run that began goes on, and the copy finds them one by one.
            findings.addAll(
                    isUnderWay()
                            ? collisions.stream()
                                    .map(found -> PreflightFinding.warning(found.text()))
                                    .toList()
                            : collisions);
        }
        return profile;
    }

    /** All findings so far. */
    public List<PreflightFinding> findings() {
        return findings;
    }

    private boolean isUnderWay() {
        return !columns.of(schema.runs()).isEmpty()
                && new MariaDbRunLedger(sql, schema, Fingerprint.of(migration, settings))
                        .latest()
                        .filter(run -> run.completed().isEmpty())
                        .isPresent();
    }

    private boolean isRefused() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.REFUSED);
    }

    /** The columns that the bulk update sets. */
    private static List<String> written(TableProfile profile) {
        List<String> written = new ArrayList<>(profile.keptTimestamps());
        written.add(profile.column().name());
        return written;
    }

    private Optional<TableProfile> profile(TableName table, List<Column> known) {
        Optional<LocationColumn> location =
                selection == Selection.PREFIX ? checks().find(known) : checks().usable(known);
        Optional<KeyChoice.Key> key = new KeyChoice(sql).of(table, known, settings.column());
        if (key.isEmpty() && location.isPresent()) {
            findings.add(PreflightFinding.warning(table
                    + " has no unique index of 1 to 4 columns that are not nullable and not "
                    + settings.column() + " itself: records are the distinct values of the column, and each window and"
                    + " batch reads the table. Set SCAN_WINDOW_ROWS high, or add an index for the migration."));
            key = byValue(known);
        }
        return profile(table, known, location, key);
    }

    /**
     * The profile for which a mapping table was made, without any of the checks before a run.
     *
     * @param mapped the mapping table's key columns; none where there is no such table
     */
    public TableProfile profile(List<KeyColumn> mapped) {
        if (mapped.isEmpty()) {
            throw new Rejected("There is no mapping table " + schema.mapping()
                    + ": nothing was migrated with it. Check TEMP_TABLE_FOR_UPDATE, MAPPING_SCHEMA and DATABASE_NAME.");
        }
        List<Column> known = columns.of(settings.catalog());
        Optional<KeyChoice.Key> key = new KeyChoice(sql).of(settings.catalog(), known, settings.column());
        TableProfile profile = profile(
                        settings.catalog(), known, checks().usable(known), key.isPresent() ? key : byValue(known))
                .orElseThrow(() -> new Rejected("There is no table " + settings.catalog() + " with a column "
                        + settings.column() + " that DB_USER may read."));
        List<KeyColumn.Kind> kinds = mapped.stream().map(KeyColumn::kind).toList();
        if (!kinds.equals(profile.key().stream().map(KeyColumn::kind).toList())) {
            throw new Rejected("The key of " + settings.catalog() + " is " + names(profile.key())
                    + " now, which is not what " + schema.mapping() + " was made for: its indexes were changed since.");
        }
        return profile;
    }

    private static List<String> names(List<KeyColumn> key) {
        return key.stream().map(KeyColumn::name).toList();
    }

    private LocationChecks checks() {
        return new LocationChecks(sql, settings.catalog(), settings.column(), migration.keys(), findings);
    }

    private Optional<KeyChoice.Key> byValue(List<Column> known) {
        return known.stream()
                .filter(each -> each.name().equalsIgnoreCase(settings.column()))
                .findFirst()
                .flatMap(Column::asKey)
                .map(column -> new KeyChoice.Key("", List.of(column)));
    }

    private Optional<TableProfile> profile(
            TableName table, List<Column> known, Optional<LocationColumn> column, Optional<KeyChoice.Key> key) {
        List<String> kept = acceptance.timestamps() == Timestamps.BUMP
                ? List.of()
                : known.stream()
                        .filter(Column::isUpdatedTimestamp)
                        .map(Column::name)
                        .toList();
        return column.flatMap(
                location -> key.map(index -> new TableProfile(table, location, index.name(), index.columns(), kept)));
    }
}
