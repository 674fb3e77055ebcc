package dev.rehome.common.catalog.mariadb;

import dev.rehome.common.catalog.Finding;
import dev.rehome.common.catalog.LocationColumn;
import dev.rehome.common.catalog.TableName;
import dev.rehome.common.catalog.jdbc.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the server itself must allow. */
record ServerChecks(Sql sql) {
    List<Finding> find() {
        List<Finding> findings = new ArrayList<>();
        sql.list(
                "asking for the server's settings",
                "SELECT VERSION(), @@global.read_only, @@log_bin, @@binlog_format",
                Sql::nothing,
                row -> {
                    findings.add(Finding.info("MariaDB " + row.getString(1) + "."));
                    if (row.getBoolean(2)) {
                        findings.add(Finding.refused("The server is read-only: set DATABASE_HOST to the primary."));
                    }
                    if (row.getBoolean(3) && row.getString(4).equals("STATEMENT")) {
                        findings.add(Finding.refused("binlog_format is STATEMENT, which the READ COMMITTED isolation"
                                + " of the update can't be logged with: set it to ROW or MIXED."));
                    }
                    return true;
                });
        return findings;
    }

    /** Whether the table is one that a transaction can change. */
    Optional<Finding> engine(TableName table) {
        return sql.first(
                        "looking at the kind of " + table,
                        "SELECT TABLE_TYPE, COALESCE(ENGINE, '') FROM information_schema.TABLES"
                                + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?",
                        statement -> {
                            statement.setString(1, table.schema());
                            statement.setString(2, table.table());
                        },
                        row -> kind(table, row.getString(1), row.getString(2)))
                .flatMap(finding -> finding);
    }

    private static Optional<Finding> kind(TableName table, String type, String engine) {
        if (type.contains("VIEW")) {
            return Optional.of(Finding.refused(table + " is a view: name the table behind it."));
        }
        if (!engine.equalsIgnoreCase("InnoDB")) {
            return Optional.of(Finding.refused(
                    table + " is a table of engine " + engine + ", which has no transactions: InnoDB is needed."));
        }
        return type.equals("SYSTEM VERSIONED")
                ? Optional.of(Finding.warning(
                        table + " keeps a history of its rows: each migrated row adds one, plan the space."))
                : Optional.empty();
    }

    /** Whether the column's character set can hold a text. */
    boolean holds(LocationColumn column, String text) {
        return column.isBinary()
                || sql.first(
                                "trying the column's character set",
                                // The name comes from information_schema, not from a user; a charset can't be a
                                // parameter.
                                "SELECT CONVERT(CONVERT(? USING " + column.charset() + ") USING utf8mb4) = "
                                        + "CONVERT(? USING utf8mb4) COLLATE utf8mb4_nopad_bin",
                                statement -> {
                                    statement.setString(1, text);
                                    statement.setString(2, text);
                                },
                                row -> row.getBoolean(1))
                        .orElse(false);
    }
}
