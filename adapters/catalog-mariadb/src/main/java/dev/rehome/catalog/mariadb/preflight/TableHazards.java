package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog.Column;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.catalog.PreflightFinding;
import java.util.ArrayList;
import java.util.List;

/** What an update of the column would touch beside the column. */
public record TableHazards(Sql sql, TableName table, String column, Acceptance acceptance) {
    List<PreflightFinding> find(List<Column> columns) {
        List<PreflightFinding> findings = new ArrayList<>();
        triggers(findings);
        timestamps(columns, findings);
        foreignKeys(findings);
        uniqueIndexes(findings);
        generated(columns, findings);
        return findings;
    }

    private void triggers(List<PreflightFinding> findings) {
        List<String> triggers = names("""
                SELECT TRIGGER_NAME FROM information_schema.TRIGGERS
                WHERE EVENT_OBJECT_SCHEMA = ? AND EVENT_OBJECT_TABLE = ? AND EVENT_MANIPULATION = 'UPDATE'""");
        if (!triggers.isEmpty()) {
            String found = "UPDATE triggers fire for each migrated row: " + triggers + ".";
            findings.add(
                    acceptance.triggers()
                            ? PreflightFinding.warning(found + " ALLOW_TRIGGERS=true accepts that.")
                            : PreflightFinding.refused(
                                    found + " Read them, then set ALLOW_TRIGGERS=true or drop them."));
        } else if (!mayUse("TRIGGER")) {
            findings.add(PreflightFinding.info("DB_USER lacks the TRIGGER right and so can't see whether " + table
                    + " has triggers: look with SHOW TRIGGERS as an administrator."));
        }
    }

    private boolean mayUse(String right) {
        return sql.list("reading our rights", "SHOW GRANTS", Sql::nothing, row -> row.getString(1)).stream()
                .anyMatch(grant -> grant.contains("ALL PRIVILEGES") || grant.contains(right));
    }

    private void timestamps(List<Column> columns, List<PreflightFinding> findings) {
        List<String> bumped = columns.stream()
                .filter(Column::isUpdatedTimestamp)
                .map(Column::name)
                .toList();
        if (bumped.isEmpty()) {
            return;
        }
        String found = "MariaDB sets " + bumped + " to now at each update.";
        findings.add(
                switch (acceptance.timestamps()) {
                    case ASK ->
                        PreflightFinding.refused(found
                                + " Set ON_UPDATE_TIMESTAMPS=keep to keep their values, or bump to let them change.");
                    case KEEP -> PreflightFinding.info(found + " They keep their values (ON_UPDATE_TIMESTAMPS=keep).");
                    case BUMP -> PreflightFinding.warning(found + " That is let happen (ON_UPDATE_TIMESTAMPS=bump).");
                });
    }

    private void foreignKeys(List<PreflightFinding> findings) {
        List<String> keys = sql.list(
                "looking at foreign keys of " + table,
                """
                SELECT CONSTRAINT_NAME FROM information_schema.KEY_COLUMN_USAGE
                WHERE REFERENCED_TABLE_NAME IS NOT NULL
                AND (TABLE_SCHEMA = ? AND TABLE_NAME = ? AND COLUMN_NAME = ?
                  OR REFERENCED_TABLE_SCHEMA = ? AND REFERENCED_TABLE_NAME = ? AND REFERENCED_COLUMN_NAME = ?)""",
                statement -> {
                    for (int i = 0; i < 6; i += 3) {
                        statement.setString(i + 1, table.schema());
                        statement.setString(i + 2, table.table());
                        statement.setString(i + 3, column);
                    }
                },
                row -> row.getString(1));
        if (!keys.isEmpty()) {
            findings.add(PreflightFinding.refused("Foreign keys bind the column " + column + " to another table: "
                    + keys + ". Both ends would have to change at once: drop them for the migration."));
        }
    }

    private void uniqueIndexes(List<PreflightFinding> findings) {
        List<String> indexes = sql.list(
                "looking at unique indexes on the column",
                """
                SELECT DISTINCT INDEX_NAME FROM information_schema.STATISTICS
                WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND COLUMN_NAME = ? AND NON_UNIQUE = 0""",
                statement -> {
                    statement.setString(1, table.schema());
                    statement.setString(2, table.table());
                    statement.setString(3, column);
                },
                row -> row.getString(1));
        if (!indexes.isEmpty()) {
            findings.add(PreflightFinding.warning("Unique indexes hold the column " + column + ": " + indexes
                    + ". A row whose new value collides keeps the old one and is reported."));
        }
    }

    private void generated(List<Column> columns, List<PreflightFinding> findings) {
        List<String> generated =
                columns.stream().filter(Column::generated).map(Column::name).toList();
        if (!generated.isEmpty()) {
            findings.add(PreflightFinding.info("Generated columns follow by themselves: " + generated + "."));
        }
    }

    private List<String> names(String query) {
        return sql.list(
                "looking at " + table,
                query,
                statement -> {
                    statement.setString(1, table.schema());
                    statement.setString(2, table.table());
                },
                row -> row.getString(1));
    }
}
