package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.BatchId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The next batches of a run whose totals are stored.
 *
 * @param failed only those with failures
 * @param after the batch after which they begin; empty for the first ones
 * @param limit how many at most
 */
record FinishedBatches(MappingSchema schema, int run, boolean failed, Optional<BatchId> after, int limit) {
    /**
     * The query of their ids up to the {@link #end}. It has no limit of its own: a batch that is finished, or loses its last
     * failure, after the end was read must not move the window, or records would be read twice or not at all.
     */
    SqlFragment ids(BatchId end) {
        return schema.sql("SELECT b.batch_id FROM :batches b FORCE INDEX (PRIMARY) WHERE :window")
                .with("window", upTo(end));
    }

    /** The last of them; empty when there is none. */
    Optional<BatchId> end(JdbcRunner jdbc) {
        return jdbc.run("looking for finished batches", this::end);
    }

    /** The same on a connection. */
    Optional<BatchId> end(Connection connection) throws SQLException {
        return JdbcRunner.list(
                        connection,
                        schema.sql("""
                                SELECT w.batch_id FROM (
                                  SELECT b.batch_id FROM :batches b FORCE INDEX (PRIMARY)
                                  WHERE b.run_no = :run AND :failures AND :after ORDER BY b.batch_id LIMIT :limit
                                ) w ORDER BY w.batch_id DESC LIMIT 1""")
                                .with("run", run)
                                .with("failures", failures())
                                .with("after", afterStart())
                                .with("limit", limit),
                        row -> BatchId.of(row.getBytes("batch_id")))
                .stream()
                .findFirst();
    }

    /** The condition that {@code b} is one of them. */
    SqlFragment upTo(BatchId end) {
        return sql("b.run_no = :run AND :failures AND b.batch_id <= :end AND :after")
                .with("run", run)
                .with("end", end)
                .with("failures", failures())
                .with("after", afterStart());
    }

    private SqlFragment failures() {
        return sql(failed ? "b.failed > 0" : "TRUE");
    }

    private SqlFragment afterStart() {
        return after.map(batch -> sql("b.batch_id > :batch").with("batch", batch))
                .orElse(SqlFragment.TRUE);
    }
}
