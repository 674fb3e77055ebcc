package dev.rehome.catalog.mariadb.scan;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The failures of the records {@code d} that a scan reads: those that the run has reported, and those of records that can't
 * be published. The latter are written inside the database, because a value that isn't valid text would become another one
 * if it were read as Unicode and written again.
 *
 * <p>Every index is named: the mapping table may just have been filled, and with statistics from when it was empty, the
 * optimizer would read all of it for every record.
 */
record ScanFailures(RecordIdentity identity, LocationSql location, RowFilter filter, MappingSchema schema) {
    private static final String NOT_TEXT =
            "The value isn't valid text in the column's character set, so it can't be an object key:"
                    + " correct the row, then run again";

    /**
     * The code of the failure that this run has reported for a record with this very location, else NULL. A failure whose
     * batch has no totals isn't reported: the queue lost its data before the batch was applied.
     */
    SqlFragment reported(int run) {
        return schema.sql("""
                (SELECT MAX(m.code) FROM :mapping m FORCE INDEX (by_record)
                  STRAIGHT_JOIN :batches b FORCE INDEX (PRIMARY) ON b.batch_id = m.batch_id
                  WHERE :same_record AND m.run_no = :run AND m.outcome = 'FAILED')""").with("same_record", identity.sameRecord()).with("run", run);
    }

    /**
     * The code of the failure of a record that can't be published, else NULL.
     *
     * @param inUse the condition that the new location of a record is in use for another object
     */
    SqlFragment unpublishable(SqlFragment inUse) {
        return sql("CASE WHEN (:intact) IS NOT TRUE THEN :not_text WHEN :in_use THEN :conflict END")
                .with("intact", location.intact(sql("d.v")))
                .with("not_text", FailureCode.KEY_REFUSED.name())
                .with("in_use", inUse)
                .with("conflict", FailureCode.TARGET_CONFLICT.name());
    }

    /** The condition that a row holds the record's new location, and that its object was copied from another location. */
    SqlFragment inUse() {
        return schema.sql("""
                EXISTS (SELECT 1 FROM :in_use u FORCE INDEX (PRIMARY)
                  STRAIGHT_JOIN :mapping m FORCE INDEX (PRIMARY)
                    ON m.batch_id = u.batch_id AND m.record_no = u.record_no
                  :holder
                  WHERE u.new_key = :hash AND m.outcome = 'MIGRATED' AND m.new_location = :target
                    AND m.old_location <> d.v)""")
                .with("holder", identity.holder())
                .with("hash", LocationSql.hash(filter.target()))
                .with("target", filter.target());
    }

    /** Writes a failure for each unpublishable record that has none in this run; returns how many. */
    int write(Connection connection, SqlFragment records, SqlFragment inUse, int run, BatchId batch)
            throws SQLException {
        // IGNORE, because in strict mode an INSERT fails when it merely reads a value that isn't text. No written value
        // can be cut: each column has at least the room of the one that it is copied from.
        SqlFragment insert = schema.sql("""
                INSERT IGNORE INTO :mapping
                  (batch_id, run_no, record_no, :mapping_keys, old_location, outcome, code, message, recorded_at)
                SELECT :batch, :run, ROW_NUMBER() OVER (ORDER BY :keys) - 1, :keys, d.v, 'FAILED', d.code,
                       IF(d.code = :conflict, d.conflict, :not_text), UTC_TIMESTAMP(6)
                FROM (SELECT d.*, :unpublishable AS code, :conflict_message AS conflict FROM (:records) d) d
                WHERE d.code IS NOT NULL AND :reported IS NULL""")
                .with("mapping_keys", identity.mappingKey().list())
                .with("batch", batch)
                .with("run", run)
                .with("keys", identity.keys())
                .with("conflict", FailureCode.TARGET_CONFLICT.name())
                .with("not_text", NOT_TEXT)
                .with("unpublishable", unpublishable(inUse))
                .with("conflict_message", conflictMessage())
                .with("records", records)
                .with("reported", reported(run));
        int written = JdbcRunner.update(connection, insert);
        if (written > 0) {
            JdbcRunner.update(connection, totals(run, batch, written));
        }
        return written;
    }

    private SqlFragment conflictMessage() {
        return sql("CONCAT('The new key ', LEFT(CONVERT(:target USING utf8mb4), 700), :advice)")
                .with("target", filter.target())
                .with(
                        "advice",
                        " is in use for an object that was copied from another key: rename the object of this row, then"
                                + " run again");
    }

    private SqlFragment totals(int run, BatchId batch, int failed) {
        return schema.sql("""
                INSERT INTO :batches (batch_id, run_no, migrated, changed, deleted, failed, applied_at)
                VALUES (:batch, :run, 0, 0, 0, :failed, UTC_TIMESTAMP(6))""").with("batch", batch).with("run", run).with("failed", failed);
    }
}
