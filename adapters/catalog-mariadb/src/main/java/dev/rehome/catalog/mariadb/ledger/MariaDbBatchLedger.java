package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.BatchLedger;
import dev.rehome.common.catalog.RecordTotals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The totals of batches in a table of their own. */
public record MariaDbBatchLedger(JdbcRunner jdbc, MappingSchema schema) implements BatchLedger {
    @Override
    public void recordDeadLetter(BatchId batch) {
        insert("recording the dead letter " + batch, batch, sql("0"));
    }

    @Override
    public RecordTotals finishWithoutUpdate(BatchId batch) {
        insert("finishing batch " + batch, batch, sql("SUM(outcome = 'COPIED')"));
        return jdbc.first(
                        "reading the totals of batch " + batch,
                        schema.sql("SELECT migrated, changed, deleted, failed FROM :batches WHERE batch_id = :batch")
                                .with("batch", batch),
                        MariaDbBatchLedger::totals)
                .orElse(RecordTotals.NONE);
    }

    private void insert(String operation, BatchId batch, SqlFragment migrated) {
        jdbc.update(operation, schema.sql("""
                        INSERT INTO :batches (batch_id, run_no, migrated, changed, deleted, failed, applied_at)
                        SELECT batch_id, run_no, :migrated, 0, 0, SUM(outcome = 'FAILED'), UTC_TIMESTAMP(6)
                        FROM :mapping FORCE INDEX (PRIMARY) WHERE batch_id = :batch GROUP BY batch_id, run_no
                        ON DUPLICATE KEY UPDATE batch_id = VALUES(batch_id)""").with("migrated", migrated).with("batch", batch));
    }

    @Override
    public RecordTotals totals(int run) {
        return jdbc.first(
                        "reading the totals of run " + run,
                        schema.sql("""
                                SELECT COALESCE(SUM(migrated), 0) AS migrated, COALESCE(SUM(changed), 0) AS changed,
                                       COALESCE(SUM(deleted), 0) AS deleted, COALESCE(SUM(failed), 0) AS failed
                                FROM :batches WHERE run_no = :run""").with("run", run),
                        MariaDbBatchLedger::totals)
                .orElseThrow();
    }

    @Override
    public Optional<BatchId> first(int run) {
        return jdbc.first(
                "looking for the first batch of run " + run,
                schema.sql("SELECT batch_id FROM :batches WHERE run_no = :run ORDER BY batch_id LIMIT 1")
                        .with("run", run),
                row -> BatchId.of(row.getBytes("batch_id")));
    }

    private static RecordTotals totals(ResultSet row) throws SQLException {
        return new RecordTotals(
                row.getLong("migrated"), row.getLong("changed"), row.getLong("deleted"), row.getLong("failed"));
    }
}
