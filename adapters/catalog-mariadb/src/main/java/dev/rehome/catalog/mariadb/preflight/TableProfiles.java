package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy.Timestamps;
import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.ColumnCatalog.Column;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.KeyColumn;
import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.Rejected;
import java.util.List;
import java.util.Optional;

/** Reads the profile of the catalog's table. */
public record TableProfiles(JdbcRunner jdbc, ColumnCatalog columns, MariaDbSettings settings, SideEffectPolicy policy) {
    /** The profile of a table with these columns; empty when the column of locations can't be used. */
    Optional<TableProfile> of(List<Column> known) {
        List<String> kept = policy.timestamps() == Timestamps.BUMP
                ? List.of()
                : known.stream()
                        .filter(Column::isUpdatedTimestamp)
                        .map(Column::name)
                        .toList();
        return locationColumn()
                .usable(known)
                .flatMap(location -> key().select(known)
                        .map(key -> new TableProfile(settings.catalog(), location, key.name(), key.columns(), kept)));
    }

    LocationColumnCheck locationColumn() {
        return new LocationColumnCheck(jdbc, settings.catalog(), settings.column());
    }

    ScanKeySelector key() {
        return new ScanKeySelector(jdbc, settings.catalog(), settings.column());
    }

    /**
     * The profile that a mapping table was created for, without the checks before a run.
     *
     * @throws Rejected when there is no mapping table, or the catalog's table no longer has that row key
     */
    public TableProfile ofMigration(TableName mapping) {
        List<KeyColumn> mapped = columns.mappingKey(mapping);
        if (mapped.isEmpty()) {
            throw new Rejected("There is no mapping table " + mapping
                    + ": nothing was migrated with it. Check TEMP_TABLE_FOR_UPDATE, MAPPING_SCHEMA and DATABASE_NAME");
        }
        TableName table = settings.catalog();
        TableProfile profile = of(columns.of(table))
                .orElseThrow(() -> new Rejected("There is no table " + table + " with a text column "
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
