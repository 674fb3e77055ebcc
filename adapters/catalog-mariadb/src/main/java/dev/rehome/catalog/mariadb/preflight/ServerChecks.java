package dev.rehome.catalog.mariadb.preflight;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.catalog.PreflightFinding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's version, the variables that a session can't set for itself, and the kind of the table. */
record ServerChecks(JdbcRunner jdbc) {
    /** Room for one outcome with the longest keys and message, every byte of them escaped. */
    private static final int LEAST_PACKET = 65_536;
    /** A producer with a pool, and a few consumers. */
    private static final int FEW_CONNECTIONS = 20;

    private static final Pattern MARIADB = Pattern.compile("^(\\d+)\\.(\\d+).*MariaDB.*");

    /** Whether the server is a MariaDB that supports our statements; the other checks work on no other. */
    PreflightFinding version() {
        return jdbc.first("reading the version", sql("SELECT VERSION()"), row -> version(row.getString(1)))
                .orElseThrow();
    }

    /** The finding for a version such as {@code 10.11.6-MariaDB-log}. */
    static PreflightFinding version(String version) {
        Matcher number = MARIADB.matcher(version);
        boolean supported = number.matches()
                && (Integer.parseInt(number.group(1)) > 10
                        || (number.group(1).equals("10") && Integer.parseInt(number.group(2)) >= 6));
        return supported
                ? PreflightFinding.info("MariaDB " + version + ".")
                : PreflightFinding.refused("The server is " + version
                        + ", but MariaDB 10.6 or later is needed: check DATABASE_HOST, or upgrade the server.");
    }

    List<PreflightFinding> variables() {
        return jdbc.first("reading the server's variables", sql("""
                        SELECT @@global.read_only OR @@innodb_read_only AS is_read_only,
                               @@log_bin AND @@binlog_format = 'STATEMENT' AS logs_statements,
                               @@max_allowed_packet AS packet, @@max_user_connections AS connections,
                               COALESCE(@@enforce_storage_engine, 'InnoDB') AS engine"""), ServerChecks::variables)
                .orElseThrow();
    }

    private static List<PreflightFinding> variables(ResultSet row) throws SQLException {
        List<PreflightFinding> findings = new ArrayList<>();
        if (row.getBoolean("is_read_only")) {
            findings.add(PreflightFinding.refused("The server is read-only: set DATABASE_HOST to the primary."));
        }
        if (row.getBoolean("logs_statements")) {
            findings.add(PreflightFinding.refused("binlog_format is STATEMENT, which can't log the update under READ"
                    + " COMMITTED: set it to ROW or MIXED on the server."));
        }
        if (row.getLong("packet") < LEAST_PACKET) {
            findings.add(PreflightFinding.refused(
                    "max_allowed_packet is " + row.getLong("packet") + " bytes, but one outcome may need "
                            + LEAST_PACKET + ": raise it on the server, to 16M for example."));
        }
        if (!row.getString("engine").equalsIgnoreCase("InnoDB")) {
            findings.add(PreflightFinding.refused("enforce_storage_engine is " + row.getString("engine")
                    + ", but the mapping table must be InnoDB: clear it on the server."));
        }
        int connections = row.getInt("connections");
        if (connections > 0 && connections < FEW_CONNECTIONS) {
            findings.add(PreflightFinding.warning("DB_USER may open " + connections
                    + " connections at a time (max_user_connections). The producer and every consumer keep several;"
                    + " a process that gets none has to wait: raise the limit, or start fewer consumers."));
        }
        return findings;
    }

    /** Whether transactions can change the table. */
    List<PreflightFinding> tableKind(TableName table) {
        return jdbc
                .list(
                        "reading the kind of " + table,
                        sql("""
                                SELECT TABLE_TYPE, COALESCE(ENGINE, '') AS engine FROM information_schema.TABLES
                                WHERE TABLE_SCHEMA = :schema AND TABLE_NAME = :table""").with("schema", table.schema()).with("table", table.table()),
                        row -> tableKind(table, row.getString("TABLE_TYPE"), row.getString("engine")))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<PreflightFinding> tableKind(TableName table, String type, String engine) {
        if (type.contains("VIEW")) {
            return List.of(PreflightFinding.refused(
                    table + " is a view: set DATABASE_TABLE_TO_UPDATE to the table that it shows."));
        }
        if (!engine.equalsIgnoreCase("InnoDB")) {
            return List.of(PreflightFinding.refused(table + " is a table of engine " + engine
                    + ", which has no transactions: convert it with ALTER TABLE ... ENGINE=InnoDB."));
        }
        return type.equals("SYSTEM VERSIONED")
                ? List.of(PreflightFinding.warning(table
                        + " keeps a history of its rows, and each migrated row adds to it: plan space for one more"
                        + " version of each."))
                : List.of();
    }
}
