package dev.rehome.catalog.mariadb.apply;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.RecordTotals;
import java.sql.Connection;
import java.sql.SQLException;

/** The outcomes of one batch, read and changed inside the transaction that applies it. */
record BatchOutcomes(Connection connection, MappingSchema schema, BatchId batch) {
    /**
     * The outcomes, counted.
     *
     * @param records all of them
     * @param copied those that aren't applied yet
     * @param last the highest record number; -1 when there are no outcomes
     * @param run the number of the run that published them; 0 when there are none
     * @param totals the records that have ended
     */
    record Counts(int records, int copied, int last, int run, RecordTotals totals) {
        /** The totals when all copied records have been migrated. */
        RecordTotals totalsWhenMigrated() {
            return totals.withMigrated(totals.migrated() + copied);
        }
    }

    Counts count() throws SQLException {
        return JdbcRunner.list(
                        connection,
                        schema.sql("""
                                SELECT COUNT(*) AS records, COALESCE(MAX(record_no), -1) AS last_no,
                                       COALESCE(MAX(run_no), 0) AS run_no,
                                       COALESCE(SUM(outcome = 'COPIED'), 0) AS copied,
                                       COALESCE(SUM(outcome = 'MIGRATED'), 0) AS migrated,
                                       COALESCE(SUM(outcome = 'CHANGED'), 0) AS changed,
                                       COALESCE(SUM(outcome = 'DELETED'), 0) AS deleted,
                                       COALESCE(SUM(outcome = 'FAILED'), 0) AS failed
                                FROM :mapping FORCE INDEX (PRIMARY) WHERE batch_id = :batch""").with("batch", batch),
                        row -> new Counts(
                                row.getInt("records"),
                                row.getInt("copied"),
                                row.getInt("last_no"),
                                row.getInt("run_no"),
                                new RecordTotals(
                                        row.getLong("migrated"),
                                        row.getLong("changed"),
                                        row.getLong("deleted"),
                                        row.getLong("failed"))))
                .get(0);
    }

    /** Gives a copied record another outcome, because its row no longer holds the old location. */
    void mark(int record, String outcome) throws SQLException {
        JdbcRunner.update(
                connection,
                schema.sql("""
                        UPDATE :mapping SET outcome = :outcome
                        WHERE batch_id = :batch AND record_no = :record AND outcome = 'COPIED'""").with("outcome", outcome).with("batch", batch).with("record", record));
    }

    /** Marks a copied record as failed; returns false when it isn't a copied one. */
    boolean fail(int record, FailureCode code, String message) throws SQLException {
        return JdbcRunner.update(
                        connection,
                        schema.sql("""
                                UPDATE :mapping SET outcome = 'FAILED', code = :code, message = LEFT(:message, 1000)
                                WHERE batch_id = :batch AND record_no = :record AND outcome = 'COPIED'""")
                                .with("code", code.name())
                                .with("message", message)
                                .with("batch", batch)
                                .with("record", record))
                > 0;
    }

    /** Marks the new keys of the migrated records as in use. */
    void recordKeysInUse() throws SQLException {
        JdbcRunner.update(
                connection,
                schema.sql("""
                        INSERT INTO :in_use (new_key, batch_id, record_no)
                        SELECT :hash, m.batch_id, m.record_no FROM :mapping m FORCE INDEX (PRIMARY)
                        WHERE m.batch_id = :batch AND m.outcome = 'MIGRATED'
                        ON DUPLICATE KEY UPDATE record_no = VALUES(record_no)""")
                        .with("hash", LocationSql.hash(sql("m.new_location")))
                        .with("batch", batch));
    }

    /** Stores the batch's totals. */
    void store(int run, RecordTotals totals) throws SQLException {
        JdbcRunner.update(
                connection,
                schema.sql("""
                        INSERT INTO :batches (batch_id, run_no, migrated, changed, deleted, failed, applied_at)
                        VALUES (:batch, :run, :migrated, :changed, :deleted, :failed, UTC_TIMESTAMP(6))
                        ON DUPLICATE KEY UPDATE migrated = VALUES(migrated), changed = VALUES(changed),
                          deleted = VALUES(deleted), failed = VALUES(failed)""")
                        .with("batch", batch)
                        .with("run", run)
                        .with("migrated", totals.migrated())
                        .with("changed", totals.changed())
                        .with("deleted", totals.deleted())
                        .with("failed", totals.failed()));
    }
}
