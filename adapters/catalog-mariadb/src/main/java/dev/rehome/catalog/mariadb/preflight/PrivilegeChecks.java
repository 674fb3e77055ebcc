package dev.rehome.catalog.mariadb.preflight;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.join;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether DB_USER has the rights that a run needs. MariaDB checks the rights of a statement when it is prepared, whether or
 * not its tables exist; so roles and patterns count as they do in the run, and nothing is executed.
 */
record PrivilegeChecks(JdbcRunner jdbc) {
    /** MariaDB: denied on a schema, on a table, on a column. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143);
    /** No such schema, column or table; there is one already, or a view: other checks report these. */
    private static final Set<Integer> ALLOWED = Set.of(1049, 1050, 1054, 1146, 1288, 1471);
    /** The server has as many prepared statements as max_prepared_stmt_count allows. */
    private static final int NO_MORE_STATEMENTS = 1461;

    /** The rights on the table that is migrated. */
    List<PreflightFinding> onCatalog(TableProfile profile) {
        List<SqlFragment> updated = Stream.concat(
                        profile.keptTimestamps().stream(),
                        Stream.of(profile.column().name()))
                .map(SqlFragment::name)
                .toList();
        List<SqlFragment> assignments = updated.stream()
                .map(column -> sql(":column = NULL").with("column", column))
                .toList();
        TableName table = profile.table();
        return Stream.of(
                        need("SELECT", table, sql("SELECT :columns FROM :t").with("columns", join(", ", updated))),
                        need("UPDATE", table, sql("UPDATE :t SET :set").with("set", join(", ", assignments))))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The rights on the mapping table, which may not exist yet. */
    List<PreflightFinding> onMapping(TableName mapping) {
        List<PreflightFinding> findings = new ArrayList<>(Stream.of(
                        need("CREATE", mapping, sql("CREATE TABLE :t (batch_id BINARY(16))")),
                        need("SELECT", mapping, sql("SELECT batch_id FROM :t")),
                        need("INSERT", mapping, sql("INSERT INTO :t (batch_id) VALUES ('')")),
                        need("UPDATE", mapping, sql("UPDATE :t SET batch_id = ''")))
                .flatMap(Optional::stream)
                .toList());
        if (findings.stream().noneMatch(found -> found.severity() == Severity.REFUSED) && !exists(mapping.schema())) {
            findings.add(PreflightFinding.refused("Schema " + mapping.schema()
                    + " of the mapping table doesn't exist: create it, or set MAPPING_SCHEMA to one that exists."));
        }
        return findings;
    }

    private Optional<PreflightFinding> need(String right, TableName table, SqlFragment statement) {
        SqlFragment prepare = sql("PREPARE rehome_right FROM :statement")
                .with("statement", statement.with("t", table).statement());
        try {
            jdbc.update("checking the " + right + " right", prepare);
            return Optional.empty();
        } catch (Rejected rejected) {
            int code = rejected.getCause() instanceof SQLException reason ? reason.getErrorCode() : 0;
            if (DENIED.contains(code)) {
                return Optional.of(PreflightFinding.refused("DB_USER lacks the " + right + " right on " + table
                        + ": have an administrator run GRANT " + right + " ON " + name(table.schema()) + ".* TO"
                        + " the user."));
            }
            if (code == NO_MORE_STATEMENTS) {
                return Optional.of(PreflightFinding.warning("Whether DB_USER has the " + right + " right on " + table
                        + " couldn't be checked, because the server allows no further prepared statement: raise"
                        + " max_prepared_stmt_count, or compare with SHOW GRANTS."));
            }
            if (ALLOWED.contains(code)) {
                return Optional.empty();
            }
            throw rejected;
        }
    }

    private boolean exists(String schema) {
        return jdbc.exists(
                "looking for the schema " + schema,
                sql("SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = :schema")
                        .with("schema", schema));
    }
}
