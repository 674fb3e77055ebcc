package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.PreflightFinding;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether DB_USER has the rights that a run needs, each by its name. A statement that is prepared is checked against the
 * rights and not executed, whether its table exists or not; so roles and patterns count as they would in the run.
 */
public record RightsChecks(Sql sql) {
    /** MariaDB: denied on a schema, on a table, on a column. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143);

    /** No such schema, column, table; there is one already, or a view: others look at these. */
    private static final Set<Integer> ALLOWED = Set.of(1049, 1050, 1054, 1146, 1288, 1471);

    /** The server has as many prepared statements as max_prepared_stmt_count allows. */
    private static final int NO_MORE_STATEMENTS = 1461;

    /** The rights on the table that is migrated; {@code written} are the columns that the update names. */
    List<PreflightFinding> onCatalog(TableName table, List<String> written) {
        List<PreflightFinding> findings = new ArrayList<>();
        List<String> names = written.stream().map(Identifiers::name).toList();
        String name = Identifiers.table(table);
        need(findings, "SELECT", table, "SELECT " + String.join(", ", names) + " FROM " + name);
        need(findings, "UPDATE", table, "UPDATE " + name + " SET " + String.join(" = NULL, ", names) + " = NULL");
        return findings;
    }

    /** The rights on the mapping table, which may not exist yet. */
    List<PreflightFinding> onMapping(TableName mapping) {
        List<PreflightFinding> findings = new ArrayList<>();
        String name = Identifiers.table(mapping);
        need(findings, "CREATE", mapping, "CREATE TABLE " + name + " (batch_id BINARY(16))");
        need(findings, "SELECT", mapping, "SELECT batch_id FROM " + name);
        need(findings, "INSERT", mapping, "INSERT INTO " + name + " (batch_id) VALUES ('')");
        need(findings, "UPDATE", mapping, "UPDATE " + name + " SET batch_id = ''");
        if (findings.stream().noneMatch(found -> found.severity() == PreflightFinding.Severity.REFUSED)
                && !exists(mapping.schema())) {
            findings.add(PreflightFinding.refused("There is no schema " + mapping.schema()
                    + " for the mapping table: create it, or set MAPPING_SCHEMA to one that exists."));
        }
        return findings;
    }

    private void need(List<PreflightFinding> findings, String right, TableName table, String statement) {
        try {
            sql.update("asking for the " + right + " right", "PREPARE rehome_right FROM ?", query -> {
                query.setString(1, statement);
            });
        } catch (Rejected refused) {
            int code = refused.getCause() instanceof SQLException reason ? reason.getErrorCode() : 0;
            if (DENIED.contains(code)) {
                findings.add(PreflightFinding.refused(
                        "DB_USER lacks the " + right + " right on " + table + ": an administrator"
                                + " gives it with GRANT " + right + " ON " + Identifiers.name(table.schema())
                                + ".* TO the user."));
            } else if (code == NO_MORE_STATEMENTS) {
                findings.add(PreflightFinding.warning("The " + right + " right of DB_USER on " + table
                        + " couldn't be checked, because the server allows no further prepared statement: raise"
                        + " max_prepared_stmt_count, or check the right with SHOW GRANTS."));
            } else if (!ALLOWED.contains(code)) {
                throw refused;
            }
        }
    }

    private boolean exists(String schema) {
        return sql.first(
                        "looking for the schema " + schema,
                        "SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?",
                        statement -> statement.setString(1, schema),
                        row -> true)
                .isPresent();
    }
}
