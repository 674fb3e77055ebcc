package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.Rejected;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.FailureLedger.RequeueOrder;
import dev.rehome.common.catalog.FailureLedger.RequeueTotal;
import dev.rehome.common.catalog.FailureLedger.Requeued;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Makes failed records pending again inside the database, a few batches in each transaction. */
record FailureRequeue(JdbcRunner jdbc, MappingSchema schema) {
    /** The most batches in one transaction: their rows stay locked until it ends. */
    private static final int BATCHES = 20;

    Requeued requeue(RequeueOrder order, Optional<BatchId> after) {
        FinishedBatches window = new FinishedBatches(schema, order.run().number(), true, after, BATCHES);
        return jdbc.transaction("requeuing failed records", connection -> {
            requireInProgress(connection, order);
            Optional<BatchId> end = window.end(connection);
            long records = end.isEmpty() ? 0 : requeue(connection, order, window, end.get());
            return new Requeued(records, end);
        });
    }

    /** Holds the run in progress until the transaction ends: completing it changes this row. */
    private void requireInProgress(Connection connection, RequeueOrder order) throws SQLException {
        SqlFragment inProgress = schema.sql("""
                SELECT 1 FROM :runs WHERE run_no = :number AND run_token = :token AND state = 'RUNNING'
                LOCK IN SHARE MODE""")
                .with("number", order.run().number())
                .with("token", order.run().token().toString());
        if (!JdbcRunner.exists(connection, inProgress)) {
            throw new Rejected("Run " + order.run().number()
                    + " isn't in progress. The next run retries every failed record anyway");
        }
    }

    private long requeue(Connection connection, RequeueOrder order, FinishedBatches window, BatchId end)
            throws SQLException {
        int records = JdbcRunner.update(
                connection,
                schema.sql("""
                        UPDATE :batches b FORCE INDEX (PRIMARY)
                        STRAIGHT_JOIN :mapping m FORCE INDEX (PRIMARY) ON m.batch_id = b.batch_id
                        SET m.outcome = 'REQUEUED'
                        WHERE :window AND m.outcome = 'FAILED' AND :wanted""")
                        .with("window", window.upTo(end))
                        .with("wanted", MariaDbFailureLedger.wanted(order.code())));
        if (records > 0) {
            JdbcRunner.update(connection, schema.sql("""
                            UPDATE :batches b FORCE INDEX (PRIMARY)
                            SET b.failed = (SELECT COUNT(*) FROM :mapping m FORCE INDEX (PRIMARY)
                                            WHERE m.batch_id = b.batch_id AND m.outcome = 'FAILED')
                            WHERE :window""").with("window", window.upTo(end)));
            record(connection, order, records);
        }
        return records;
    }

    private void record(Connection connection, RequeueOrder order, int records) throws SQLException {
        JdbcRunner.update(
                connection,
                schema.sql("""
                        INSERT INTO :requeues (order_id, run_no, code, author, records, requested_at)
                        VALUES (:id, :run, :code, LEFT(:author, 255), :records, UTC_TIMESTAMP(6))
                        ON DUPLICATE KEY UPDATE records = records + VALUES(records)""")
                        .with("id", order.id())
                        .with("run", order.run().number())
                        .with("code", order.code())
                        .with("author", order.author())
                        .with("records", records));
    }

    List<RequeueTotal> requeues(int run) {
        return jdbc.list(
                "reading what was requeued",
                schema.sql("""
                        SELECT code, author, records, requested_at FROM :requeues
                        WHERE run_no = :run ORDER BY order_id""").with("run", run),
                row -> new RequeueTotal(
                        Optional.ofNullable(row.getString("code")),
                        row.getString("author"),
                        row.getLong("records"),
                        JdbcRunner.instant(row, "requested_at")));
    }
}
