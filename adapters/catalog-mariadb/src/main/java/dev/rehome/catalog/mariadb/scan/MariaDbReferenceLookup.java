package dev.rehome.catalog.mariadb.scan;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.catalog.ReferenceLookup;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares as the column's own collation does, so that an index on the column can be used, and then byte for byte: values
 * with the same bytes are equal in every collation.
 */
public record MariaDbReferenceLookup(JdbcRunner jdbc, TableProfile profile) implements ReferenceLookup {
    private static final int BY_INDEX = 1_000;
    private static final int BY_SCAN = 10_000;

    @Override
    public int window() {
        boolean isIndexed = jdbc.exists(
                "looking for an index on the column",
                sql("""
                        SELECT 1 FROM information_schema.STATISTICS
                        WHERE TABLE_SCHEMA = :schema AND TABLE_NAME = :table AND COLUMN_NAME = :column
                        AND SEQ_IN_INDEX = 1 AND INDEX_TYPE = 'BTREE' LIMIT 1""")
                        .with("schema", profile.table().schema())
                        .with("table", profile.table().table())
                        .with("column", profile.column().name()));
        return isIndexed ? BY_INDEX : BY_SCAN;
    }

    @Override
    public Set<String> held(List<String> locations) {
        LocationSql location = new LocationSql(profile.column());
        Set<String> wanted = new HashSet<>(locations);
        SqlFragment query = sql("SELECT DISTINCT :exact AS v FROM :table t WHERE :column IN (:rows)")
                .with("exact", location.exact("t"))
                .with("table", profile.table())
                .with("column", location.in("t"));
        List<SqlFragment> values = wanted.stream()
                .map(each -> sql(":value").with("value", location.parameter(each)))
                .toList();
        Set<String> held = new HashSet<>();
        jdbc.run("looking for rows that hold legacy locations", connection -> {
            for (SqlFragment statement : JdbcRunner.statements(connection, query, ", ", values, BY_SCAN)) {
                held.addAll(JdbcRunner.list(connection, statement, row -> location.read(row, "v")));
            }
            return held;
        });
        held.retainAll(wanted);
        return held;
    }
}
