package dev.rehome.catalog.mariadb.scan;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;

/**
 * Records failures for values that aren't valid text in the column's character set. They are copied inside the database:
 * read as Unicode and written again, they would be other values.
 */
record UndecodableValues(JdbcRunner jdbc, RecordIdentity identity, MappingSchema schema) {
    private static final String MESSAGE =
            "The value isn't valid text in the column's character set, so it can't be an object key:"
                    + " correct the row, then run again";

    /** Writes a failure for each of the records that has none in this run; returns how many. */
    int record(SqlFragment records, int run, BatchId batch) {
        // IGNORE, because in strict mode an INSERT fails when it merely reads such a value. No written value can be
        // cut:
        // each column has at least the room of the one that it is copied from.
        SqlFragment insert = sql("""
                INSERT IGNORE INTO :mapping
                  (batch_id, run_no, record_no, :mapping_keys, old_location, outcome, code, message, recorded_at)
                SELECT :batch, :run, ROW_NUMBER() OVER (ORDER BY :keys) - 1, :keys, d.v, 'FAILED', :code, :message,
                       UTC_TIMESTAMP(6)
                FROM (:records) d
                WHERE NOT EXISTS (
                  SELECT 1 FROM :mapping m FORCE INDEX (by_record)
                  WHERE :same_record AND m.run_no = :run AND m.outcome = 'FAILED')""")
                .with("mapping", schema.mapping())
                .with("mapping_keys", identity.mappingKey().list())
                .with("batch", batch)
                .with("run", run)
                .with("keys", identity.keys())
                .with("code", FailureCode.KEY_REFUSED.name())
                .with("message", MESSAGE)
                .with("records", records)
                .with("same_record", identity.sameRecord());
        return jdbc.transaction("recording undecodable values", connection -> {
            int written = JdbcRunner.update(connection, insert);
            if (written > 0) {
                JdbcRunner.update(connection, totals(run, batch, written));
            }
            return written;
        });
    }

    private SqlFragment totals(int run, BatchId batch, int failed) {
        return sql("""
                INSERT INTO :batches (batch_id, run_no, migrated, changed, deleted, failed, applied_at)
                VALUES (:batch, :run, 0, 0, 0, :failed, UTC_TIMESTAMP(6))""")
                .with("batches", schema.batches())
                .with("batch", batch)
                .with("run", run)
                .with("failed", failed);
    }
}
