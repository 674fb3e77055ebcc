package dev.rehome.catalog.mariadb.preflight;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy.Timestamps;
import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.ColumnCatalog.Column;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.KeyColumn;
import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.PreflightFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the profile of the catalog's table: the column of locations, and the key that the scan follows. */
public record TableProfiles(JdbcRunner jdbc, ColumnCatalog columns, MariaDbSettings settings, SideEffectPolicy policy) {
    /** The profile of a table with these columns; empty when the column of locations can't be used. */
    Optional<TableProfile> of(List<Column> known) {
        List<String> kept = policy.timestamps() == Timestamps.BUMP
                ? List.of()
                : known.stream()
                        .filter(Column::isUpdatedTimestamp)
                        .map(Column::name)
                        .toList();
        return location(known)
                .filter(column -> unsuitable(column).isEmpty())
                .map(Column::asLocation)
                .flatMap(location -> key().select(known)
                        .map(key -> new TableProfile(settings.catalog(), location, key.name(), key.columns(), kept)));
    }

    /** The reasons why a table with these columns can't be used, or only slowly. */
    List<PreflightFinding> findings(List<Column> known) {
        List<PreflightFinding> findings = new ArrayList<>(key().findings(known));
        Optional<Column> location = location(known);
        if (location.isEmpty()) {
            findings.add(PreflightFinding.refused("Expected a column " + settings.column() + " in "
                    + settings.catalog() + ", found "
                    + known.stream().map(Column::name).toList() + ": check TABLE_COLUMN_NAME_TO_UPDATE."));
        }
        location.flatMap(this::unsuitable)
                .ifPresent(kind -> findings.add(PreflightFinding.refused("The column " + settings.column() + " is "
                        + kind + ", but it must be an ordinary VARCHAR, CHAR, TEXT, VARBINARY or BLOB column:"
                        + " check TABLE_COLUMN_NAME_TO_UPDATE.")));
        return findings;
    }

    private Optional<Column> location(List<Column> known) {
        return known.stream()
                .filter(each -> each.name().equalsIgnoreCase(settings.column()))
                .findFirst();
    }

    private Optional<String> unsuitable(Column found) {
        if (found.generated()) {
            return Optional.of("generated");
        }
        // BINARY pads with zero bytes, which can't be distinguished from those of the value.
        boolean holdsText =
                found.isText() || (found.isBytes() && !found.dataType().equals("binary"));
        if (!holdsText) {
            return Optional.of("of type " + found.columnType());
        }
        return isJson(found) ? Optional.of("of type JSON") : Optional.empty();
    }

    /** MariaDB's JSON is a LONGTEXT with a constraint that rejects a bare key. */
    private boolean isJson(Column found) {
        return jdbc.exists(
                "reading the column's constraints",
                sql("""
                        SELECT 1 FROM information_schema.CHECK_CONSTRAINTS
                        WHERE CONSTRAINT_SCHEMA = :schema AND TABLE_NAME = :table
                        AND LOWER(CHECK_CLAUSE) = LOWER(:clause)""")
                        .with("schema", settings.catalog().schema())
                        .with("table", settings.catalog().table())
                        .with("clause", "json_valid(" + name(found.name()).statement() + ")"));
    }

    private ScanKeySelector key() {
        return new ScanKeySelector(jdbc, settings.catalog(), settings.column());
    }

    /**
     * The profile that a mapping table was created for, without the checks before a run.
     *
     * @throws Rejected when the mapping table doesn't exist, or the catalog's table has lost that row key
     */
    public TableProfile ofMigration(TableName mapping) {
        List<KeyColumn> mapped = columns.mappingKey(mapping);
        if (mapped.isEmpty()) {
            throw new Rejected("Mapping table " + mapping + " doesn't exist, so nothing was migrated with it. Check"
                    + " TEMP_TABLE_FOR_UPDATE, MAPPING_SCHEMA and DATABASE_NAME");
        }
        TableName table = settings.catalog();
        TableProfile profile = of(columns.of(table))
                .orElseThrow(() -> new Rejected("Expected a table " + table + " with a text column "
                        + settings.column() + " that DB_USER may read. Check DATABASE_NAME, DATABASE_TABLE_TO_UPDATE,"
                        + " TABLE_COLUMN_NAME_TO_UPDATE and the SELECT right"));
        if (!kinds(mapped).equals(kinds(profile.key()))) {
            throw new Rejected("The mapping table " + mapping + " was created for another row key of " + table
                    + "; the scan would now use "
                    + profile.key().stream().map(KeyColumn::name).toList()
                    + ". Restore the unique index that the table had then");
        }
        return profile;
    }

    private static List<KeyColumn.Kind> kinds(List<KeyColumn> key) {
        return key.stream().map(KeyColumn::kind).toList();
    }
}
