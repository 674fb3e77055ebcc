package dev.rehome.catalog.mariadb.preflight;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog.Column;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.catalog.PreflightFinding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The effects of an update of the column beside the column itself. */
record SideEffectChecks(JdbcRunner jdbc, TableName table, String column, SideEffectPolicy policy, List<Column> known)
        implements MariaDbPreflight.Check {
    @Override
    public List<PreflightFinding> findings() {
        return Stream.of(triggers(), timestamps(), foreignKeys(), uniqueIndexes(), generatedColumns())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<PreflightFinding> triggers() {
        List<String> triggers = names(sql("""
                SELECT TRIGGER_NAME FROM information_schema.TRIGGERS
                WHERE EVENT_OBJECT_SCHEMA = :schema AND EVENT_OBJECT_TABLE = :table AND EVENT_MANIPULATION = 'UPDATE'"""));
        if (!triggers.isEmpty()) {
            String found = "UPDATE triggers fire for each migrated row: " + triggers + ".";
            return Optional.of(
                    policy.triggers()
                            ? PreflightFinding.warning(found + " ALLOW_TRIGGERS=true allows it.")
                            : PreflightFinding.refused(
                                    found + " Read them, then set ALLOW_TRIGGERS=true or drop them."));
        }
        return maySeeTriggers()
                ? Optional.empty()
                : Optional.of(PreflightFinding.info("DB_USER lacks the TRIGGER right and so can't see whether " + table
                        + " has triggers: look with SHOW TRIGGERS as an administrator."));
    }

    private boolean maySeeTriggers() {
        return jdbc.list("reading the grants of DB_USER", sql("SHOW GRANTS"), row -> row.getString(1)).stream()
                .anyMatch(grant -> grant.contains("ALL PRIVILEGES") || grant.contains("TRIGGER"));
    }

    private Optional<PreflightFinding> timestamps() {
        List<String> updated = known.stream()
                .filter(Column::isUpdatedTimestamp)
                .map(Column::name)
                .toList();
        String found = "MariaDB sets " + updated + " to the current time at each update.";
        return updated.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        switch (policy.timestamps()) {
                            case ASK ->
                                PreflightFinding.refused(found
                                        + " Set ON_UPDATE_TIMESTAMPS=keep to keep their values, or bump to let them"
                                        + " change.");
                            case KEEP ->
                                PreflightFinding.info(found + " They keep their values (ON_UPDATE_TIMESTAMPS=keep).");
                            case BUMP ->
                                PreflightFinding.warning(found + " They will be updated (ON_UPDATE_TIMESTAMPS=bump).");
                        });
    }

    private Optional<PreflightFinding> foreignKeys() {
        List<String> keys = names(sql("""
                SELECT CONSTRAINT_NAME FROM information_schema.KEY_COLUMN_USAGE
                WHERE REFERENCED_TABLE_NAME IS NOT NULL
                AND (TABLE_SCHEMA = :schema AND TABLE_NAME = :table AND COLUMN_NAME = :column
                  OR REFERENCED_TABLE_SCHEMA = :schema AND REFERENCED_TABLE_NAME = :table
                  AND REFERENCED_COLUMN_NAME = :column)""").with("column", column));
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(PreflightFinding.refused("Foreign keys bind the column " + column + " to another table: "
                        + keys + ". Both ends would have to change at once: drop them for the migration."));
    }

    private Optional<PreflightFinding> uniqueIndexes() {
        List<String> indexes = names(sql("""
                SELECT DISTINCT INDEX_NAME FROM information_schema.STATISTICS
                WHERE TABLE_SCHEMA = :schema AND TABLE_NAME = :table AND COLUMN_NAME = :column AND NON_UNIQUE = 0""").with("column", column));
        return indexes.isEmpty()
                ? Optional.empty()
                : Optional.of(PreflightFinding.warning("Unique indexes include the column " + column + ": " + indexes
                        + ". A row whose new value exists already keeps its old one and is reported as"
                        + " UNIQUE_COLLISION."));
    }

    private Optional<PreflightFinding> generatedColumns() {
        List<String> generated =
                known.stream().filter(Column::generated).map(Column::name).toList();
        return generated.isEmpty()
                ? Optional.empty()
                : Optional.of(PreflightFinding.info(
                        "MariaDB computes these columns; they change with the update where they depend on " + column
                                + ": " + generated + "."));
    }

    /** The first column of a query of {@code :schema} and {@code :table}. */
    private List<String> names(SqlFragment query) {
        return jdbc.list(
                "reading the definition of " + table,
                query.with("schema", table.schema()).with("table", table.table()),
                row -> row.getString(1));
    }
}
