package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.BatchLedger;
import dev.rehome.common.catalog.RecordTotals;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The totals of batches in a table of their own. */
public record MariaDbBatchLedger(Sql sql, MappingSchema schema) implements BatchLedger {
    @Override
    public void recordDeadLetter(BatchId batch) {
        insert("recording the dead letter " + batch, "0", batch);
    }

    @Override
    public RecordTotals finishWithoutUpdate(BatchId batch) {
        insert("finishing batch " + batch, "SUM(outcome = 'COPIED')", batch);
        return sql.first(
                        "reading the totals of batch " + batch,
                        "SELECT migrated, changed, deleted, failed FROM " + Identifiers.table(schema.batches())
                                + " WHERE batch_id = ?",
                        statement -> statement.setBytes(1, batch.bytes()),
                        MariaDbBatchLedger::totals)
                .orElse(RecordTotals.NONE);
    }

    private void insert(String operation, String migrated, BatchId batch) {
        sql.update(
                operation,
                """
                INSERT INTO %s (batch_id, run_no, migrated, changed, deleted, failed, applied_at)
                SELECT batch_id, run_no, %s, 0, 0, SUM(outcome = 'FAILED'), UTC_TIMESTAMP(6)
                FROM %s WHERE batch_id = ? GROUP BY batch_id, run_no
                ON DUPLICATE KEY UPDATE batch_id = VALUES(batch_id)""".formatted(Identifiers.table(schema.batches()), migrated, Identifiers.table(schema.mapping())),
                statement -> statement.setBytes(1, batch.bytes()));
    }

    @Override
    public RecordTotals totals(int run) {
        return sql.first(
                        "adding up run " + run,
                        """
                        SELECT COALESCE(SUM(migrated), 0) AS migrated, COALESCE(SUM(changed), 0) AS changed,
                               COALESCE(SUM(deleted), 0) AS deleted, COALESCE(SUM(failed), 0) AS failed
                        FROM %s WHERE run_no = ?""".formatted(Identifiers.table(schema.batches())),
                        statement -> statement.setInt(1, run),
                        MariaDbBatchLedger::totals)
                .orElseThrow();
    }

    private static RecordTotals totals(ResultSet row) throws SQLException {
        return new RecordTotals(
                row.getLong("migrated"), row.getLong("changed"), row.getLong("deleted"), row.getLong("failed"));
    }
}
