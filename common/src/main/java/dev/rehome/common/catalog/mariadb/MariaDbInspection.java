package dev.rehome.common.catalog.mariadb;

import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.catalog.CatalogRejected;
import dev.rehome.common.catalog.Finding;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.KeyColumn;
import dev.rehome.common.catalog.LocationColumn;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.catalog.TableName;
import dev.rehome.common.catalog.TableProfile;
import dev.rehome.common.catalog.jdbc.CatalogSettings;
import dev.rehome.common.catalog.jdbc.Sql;
import dev.rehome.common.catalog.mariadb.Acceptance.Timestamps;
import dev.rehome.common.catalog.mariadb.ColumnCatalog.Column;
import dev.rehome.common.settings.MigrationSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The look at the catalog before anything changes: gathers every finding instead of stopping at the first. */
final class MariaDbInspection {
    private final Sql sql;
    private final ColumnCatalog columns;
    private final CatalogSettings settings;
    private final MigrationSettings migration;
    private final Acceptance acceptance;
    private final Selection selection;
    private final MappingSchema schema;
    private final List<Finding> findings = new ArrayList<>();

    MariaDbInspection(
            Sql sql,
            ColumnCatalog columns,
            CatalogSettings settings,
            MigrationSettings migration,
            Acceptance acceptance,
            Selection selection,
            MappingSchema schema) {
        this.sql = sql;
        this.columns = columns;
        this.settings = settings;
        this.migration = migration;
        this.acceptance = acceptance;
        this.selection = selection;
        this.schema = schema;
    }

    Inspection inspect() {
        TableName table = settings.catalog();
        ServerChecks server = new ServerChecks(sql);
        findings.addAll(server.find());
        List<Column> known = columns.of(table);
        if (known.isEmpty()) {
            findings.add(Finding.refused("There is no table " + table
                    + " that DB_USER may read: check DATABASE_NAME, DATABASE_TABLE_TO_UPDATE and the SELECT right."));
            return new Inspection(Optional.empty(), findings);
        }
        server.engine(table).ifPresent(findings::add);
        Optional<LocationColumn> location = location(known);
        Optional<KeyChoice.Key> key = new KeyChoice(sql).of(table, known, settings.column());
        if (key.isEmpty() && location.isPresent()) {
            findings.add(Finding.warning(table + " has no unique index of 1 to 4 columns that are not nullable and not "
                    + settings.column() + " itself: records are the distinct values of the column, and each window and"
                    + " batch reads the table. Set SCAN_WINDOW high, or add an index for the migration."));
            key = byValue(known);
        }
        if (selection == Selection.PREFIX) {
            location.ifPresent(column -> prefixes(server, table, column));
        }
        findings.addAll(new TableHazards(sql, table, settings.column(), acceptance).find(known));
        mayUpdate(table);
        new MappingOwnership(sql, columns, schema, Fingerprint.of(migration, settings))
                .refusal()
                .map(Finding::refused)
                .ifPresent(findings::add);
        return new Inspection(profile(table, known, location, key), findings);
    }

    /**
     * The profile for which a mapping table was made, without any of the checks before a run.
     *
     * @param mapped the mapping table's key columns; none where there is no such table
     */
    TableProfile profile(List<KeyColumn> mapped) {
        if (mapped.isEmpty()) {
            throw new CatalogRejected("There is no mapping table " + schema.mapping()
                    + ": nothing was migrated with it. Check TEMP_TABLE_FOR_UPDATE, MAPPING_SCHEMA and DATABASE_NAME.");
        }
        List<Column> known = columns.of(settings.catalog());
        Optional<KeyChoice.Key> key = new KeyChoice(sql).of(settings.catalog(), known, settings.column());
        TableProfile profile = profile(
                        settings.catalog(), known, location(known), key.isPresent() ? key : byValue(known))
                .orElseThrow(() -> new CatalogRejected("There is no table " + settings.catalog() + " with a column "
                        + settings.column() + " that DB_USER may read."));
        List<KeyColumn.Kind> kinds = mapped.stream().map(KeyColumn::kind).toList();
        if (!kinds.equals(profile.key().stream().map(KeyColumn::kind).toList())) {
            throw new CatalogRejected("The key of " + settings.catalog() + " is " + names(profile.key())
                    + " now, which is not what " + schema.mapping() + " was made for: its indexes were changed since.");
        }
        return profile;
    }

    private static List<String> names(List<KeyColumn> key) {
        return key.stream().map(KeyColumn::name).toList();
    }

    private Optional<KeyChoice.Key> byValue(List<Column> known) {
        return known.stream()
                .filter(each -> each.name().equalsIgnoreCase(settings.column()))
                .findFirst()
                .flatMap(Column::asKey)
                .map(column -> new KeyChoice.Key("", List.of(column)));
    }

    private Optional<LocationColumn> location(List<Column> known) {
        Optional<Column> column = known.stream()
                .filter(each -> each.name().equalsIgnoreCase(settings.column()))
                .findFirst();
        if (column.isEmpty()) {
            findings.add(Finding.refused("There is no column " + settings.column() + " in " + settings.catalog()
                    + ": check TABLE_COLUMN_NAME_TO_UPDATE. It has "
                    + known.stream().map(Column::name).toList() + "."));
            return Optional.empty();
        }
        Column found = column.get();
        // BINARY pads with zero bytes that can't be told from the value's own.
        boolean fits = found.isText() || (found.isBytes() && !found.dataType().equals("binary"));
        if (!fits || found.generated()) {
            findings.add(Finding.refused("The column " + settings.column() + " is "
                    + (found.generated() ? "generated" : "of type " + found.columnType())
                    + ": a VARCHAR, TEXT or VARBINARY column that can be updated is needed."));
            return Optional.empty();
        }
        return Optional.of(new LocationColumn(
                found.name(),
                found.columnType(),
                found.charset() == null ? "" : found.charset(),
                found.maxCharacters()));
    }

    /** Whether the column can hold a new key at all; the single too long value is found when rows are counted. */
    private void prefixes(ServerChecks server, TableName table, LocationColumn column) {
        if (migration.keys().layout() == KeyLayout.FLATTEN) {
            findings.addAll(new FlattenCollisions(sql, table, column, migration.keys()).find());
        }
        String prefix = migration.keys().target();
        if (prefix.codePointCount(0, prefix.length()) >= column.maxCharacters()) {
            findings.add(Finding.refused("The column " + column.name() + " holds " + column.maxCharacters()
                    + " characters, which is no room for a key under TARGET_OBJECT_PREFIX: widen it."));
        }
        if (!server.holds(column, prefix)) {
            findings.add(Finding.refused("The column's character set " + column.charset()
                    + " can't hold TARGET_OBJECT_PREFIX '" + prefix + "': choose another prefix."));
        }
        if (!server.holds(column, migration.keys().legacy())) {
            findings.add(Finding.refused("The column's character set " + column.charset()
                    + " can't hold LEGACY_S3_OBJECT_PREFIX: no row can be legacy."));
        }
        if (migration.keys().mayFallBack()) {
            String legacy = migration.keys().legacy();
            findings.add(Finding.warning("LEGACY_S3_OBJECT_PREFIX lies in TARGET_OBJECT_PREFIX: a row under '" + legacy
                    + legacy.substring(prefix.length()) + "' would be moved to where it is legacy again; such rows are"
                    + " reported as KEY_REFUSED and keep their key."));
        }
    }

    /** EXPLAIN asks for the very rights that the statement would need, and changes nothing. */
    private void mayUpdate(TableName table) {
        String name = Quoted.name(settings.column());
        try {
            sql.list(
                    "asking whether we may update",
                    "EXPLAIN UPDATE " + Quoted.table(table) + " SET " + name + " = " + name + " WHERE 1 = 0",
                    Sql::nothing,
                    row -> true);
        } catch (CatalogRejected refused) {
            findings.add(Finding.refused("DB_USER may not update the column: " + refused.getMessage()));
        }
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
