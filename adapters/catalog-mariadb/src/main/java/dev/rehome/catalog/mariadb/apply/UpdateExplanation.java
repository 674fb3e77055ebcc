package dev.rehome.catalog.mariadb.apply;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.RowSampler;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Asks the database how it would execute the update of a batch. The mapping table doesn't exist before the first run; then
 * the plan is that of a query with the same join, which reads its row keys from the catalog's own table.
 *
 * @param mappingExists whether the mapping table exists
 * @param batchSize records of a batch
 */
public record UpdateExplanation(
        JdbcRunner jdbc, MappingSchema schema, TableProfile profile, boolean mappingExists, int batchSize) {
    private static final BatchId ANY = new BatchId(new UUID(0, 0));

    public RowSampler.UpdatePlan explain() {
        BatchUpdate update = BatchUpdate.of(schema, profile);
        SqlFragment explained = mappingExists ? update.statement(ANY, 0, batchSize) : sameJoin(update);
        List<RowSampler.Step> steps = jdbc.list(
                "explaining the update", sql("EXPLAIN :statement").with("statement", explained), row -> step(row));
        return new RowSampler.UpdatePlan(
                mappingExists
                        ? "the UPDATE itself"
                        : "a query with the same join, because the mapping table doesn't exist yet; m takes its place",
                steps.stream().filter(step -> !step.access().isEmpty()).toList());
    }

    private SqlFragment sameJoin(BatchUpdate update) {
        return sql("""
                SELECT 1 FROM (SELECT :columns FROM :table LIMIT :batch_size) m
                STRAIGHT_JOIN :table ON :same_record""")
                .with("columns", update.key.selected("t"))
                .with("table", profile.indexed())
                .with("batch_size", batchSize)
                .with("same_record", update.sameRecord());
    }

    private static RowSampler.Step step(ResultSet row) throws SQLException {
        boolean inner = "DERIVED".equals(row.getString("select_type"));
        String table = String.valueOf(row.getString("table"));
        return new RowSampler.Step(
                table.startsWith("<derived") ? "m" : table,
                inner || row.getString("type") == null ? "" : row.getString("type"),
                row.getString("key") == null ? "" : row.getString("key"),
                row.getLong("rows"));
    }
}
