package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.catalog.PreflightFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server itself must allow. */
public record ServerChecks(Sql sql) {
    /** Whether it is a MariaDB that knows our statements; the other checks are for such a one only. */
    PreflightFinding version() {
        return sql.first("asking for the version", "SELECT VERSION()", Sql::nothing, row -> version(row.getString(1)))
                .orElseThrow();
    }

    List<PreflightFinding> find() {
        List<PreflightFinding> findings = new ArrayList<>();
        sql.list(
                "asking for the server's settings",
                "SELECT @@global.read_only, @@log_bin, @@binlog_format",
                Sql::nothing,
                row -> {
                    if (row.getBoolean(1)) {
                        findings.add(
                                PreflightFinding.refused("The server is read-only: set DATABASE_HOST to the primary."));
                    }
                    if (row.getBoolean(2) && row.getString(3).equals("STATEMENT")) {
                        findings.add(PreflightFinding.refused(
                                "binlog_format is STATEMENT, which the READ COMMITTED isolation"
                                        + " of the update can't be logged with: set it to ROW or MIXED."));
                    }
                    return true;
                });
        return findings;
    }

    /** What we say to a server that calls itself so, such as {@code 10.11.6-MariaDB-log}. */
    static PreflightFinding version(String words) {
        Matcher number = Pattern.compile("^(\\d+)\\.(\\d+).*MariaDB.*").matcher(words);
        boolean known = number.matches()
                && (Integer.parseInt(number.group(1)) > 10
                        || (number.group(1).equals("10") && Integer.parseInt(number.group(2)) >= 6));
        return known
                ? PreflightFinding.info("MariaDB " + words + ".")
                : PreflightFinding.refused("The server is " + words + ": MariaDB 10.6 or later is needed.");
    }

    /** Whether the table is one that a transaction can change. */
    Optional<PreflightFinding> engine(TableName table) {
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

    private static Optional<PreflightFinding> kind(TableName table, String type, String engine) {
        if (type.contains("VIEW")) {
            return Optional.of(PreflightFinding.refused(table + " is a view: name the table behind it."));
        }
        if (!engine.equalsIgnoreCase("InnoDB")) {
            return Optional.of(PreflightFinding.refused(
                    table + " is a table of engine " + engine + ", which has no transactions: InnoDB is needed."));
        }
        return type.equals("SYSTEM VERSIONED")
                ? Optional.of(PreflightFinding.warning(
                        table + " keeps a history of its rows: each migrated row adds one, plan the space."))
                : Optional.empty();
    }
}
