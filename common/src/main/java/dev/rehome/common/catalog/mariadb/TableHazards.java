package dev.rehome.common.catalog.mariadb;

import dev.rehome.common.catalog.Finding;
import dev.rehome.common.catalog.TableName;
import dev.rehome.common.catalog.jdbc.Sql;
import dev.rehome.common.catalog.mariadb.ColumnCatalog.Column;
import java.util.ArrayList;
import java.util.List;

/** What an update of the column would touch beside the column. */
record TableHazards(Sql sql, TableName table, String column, Acceptance acceptance) {
    List<Finding> find(List<Column> columns) {
        List<Finding> findings = new ArrayList<>();
        triggers(findings);
        timestamps(columns, findings);
        foreignKeys(findings);
        uniqueIndexes(findings);
        generated(columns, findings);
        return findings;
    }

    private void triggers(List<Finding> findings) {
        List<String> triggers = names("""
                SELECT TRIGGER_NAME FROM information_schema.TRIGGERS
                WHERE EVENT_OBJECT_SCHEMA = ? AND EVENT_OBJECT_TABLE = ? AND EVENT_MANIPULATION = 'UPDATE'""");
        if (!triggers.isEmpty()) {
            String found = "UPDATE triggers fire for each migrated row: " + triggers + ".";
            findings.add(
                    acceptance.triggers()
                            ? Finding.warning(found + " ACCEPT_TRIGGERS=true accepts that.")
                            : Finding.refused(found + " Read them, then set ACCEPT_TRIGGERS=true or drop them."));
        } else if (!mayUse("TRIGGER")) {
            findings.add(Finding.info("DB_USER lacks the TRIGGER right and so can't see whether " + table
                    + " has triggers: look with SHOW TRIGGERS as an administrator."));
        }
    }

    private boolean mayUse(String right) {
        return sql.list("reading our rights", "SHOW GRANTS", Sql::nothing, row -> row.getString(1)).stream()
                .anyMatch(grant -> grant.contains("ALL PRIVILEGES") || grant.contains(right));
    }

    private void timestamps(List<Column> columns, List<Finding> findings) {
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
                        Finding.refused(found
                                + " Set ON_UPDATE_TIMESTAMPS=keep to keep their values, or bump to let them change.");
                    case KEEP -> Finding.info(found + " They keep their values (ON_UPDATE_TIMESTAMPS=keep).");
                    case BUMP -> Finding.warning(found + " That is let happen (ON_UPDATE_TIMESTAMPS=bump).");
                });
    }

    private void foreignKeys(List<Finding> findings) {
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
            findings.add(Finding.refused("Foreign keys bind the column " + column + " to another table: " + keys
                    + ". Both ends would have to change at once: drop them for the migration."));
        }
    }

    private void uniqueIndexes(List<Finding> findings) {
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
            findings.add(Finding.warning("Unique indexes hold the column " + column + ": " + indexes
                    + ". A row whose new value collides keeps the old one and is reported."));
        }
    }

    private void generated(List<Column> columns, List<Finding> findings) {
        List<String> generated =
                columns.stream().filter(Column::generated).map(Column::name).toList();
        if (!generated.isEmpty()) {
            findings.add(Finding.info("Generated columns follow by themselves: " + generated + "."));
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
