package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.MappingRowId;
import dev.rehome.common.catalog.RecordedOutcome;
import dev.rehome.common.catalog.RecordedOutcome.Result;
import dev.rehome.common.catalog.RecordedOutcomes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads outcomes of finished batches from the mapping table. */
record OutcomeRows(JdbcRunner jdbc, MappingSchema schema, MappingColumns columns) {
    /** The outcomes of a window that meet a condition on {@code m}; none when the mapping table doesn't exist. */
    static RecordedOutcomes.Page page(
            JdbcRunner jdbc, ColumnCatalog columns, FinishedBatches window, SqlFragment condition) {
        Optional<MappingColumns> known = MappingColumns.of(columns, window.schema());
        Optional<BatchId> end = known.flatMap(any -> window.end(jdbc));
        List<RecordedOutcome> records = end.map(last ->
                        new OutcomeRows(jdbc, window.schema(), known.orElseThrow()).of(window.ids(last), condition))
                .orElse(List.of());
        return new RecordedOutcomes.Page(records, end);
    }

    /**
     * The outcomes that count.
     *
     * @param batches a query of batch ids
     * @param condition the condition on an outcome {@code m}
     */
    private List<RecordedOutcome> of(SqlFragment batches, SqlFragment condition) {
        return jdbc.list(
                "reading outcomes",
                schema.sql("""
                        SELECT m.batch_id, m.record_no, :key, :old_location, m.new_location, m.outcome, m.code, m.message,
                               m.etag, m.size, m.recorded_at, :attempts
                        FROM (:batches_read) b STRAIGHT_JOIN :mapping m FORCE INDEX (PRIMARY) ON m.batch_id = b.batch_id
                        WHERE m.outcome IN ('MIGRATED', 'CHANGED', 'DELETED', 'FAILED') AND :condition
                        ORDER BY m.batch_id, m.record_no""")
                        .with("key", columns.key().list("m"))
                        .with("old_location", columns.oldLocation())
                        .with("attempts", columns.attempts(schema))
                        .with("batches_read", batches)
                        .with("condition", condition),
                this::outcome);
    }

    private RecordedOutcome outcome(ResultSet row) throws SQLException {
        Result result = Result.valueOf(row.getString("outcome"));
        return new RecordedOutcome(
                new MappingRowId(BatchId.of(row.getBytes("batch_id")), row.getInt("record_no")),
                columns.key().read(row),
                columns.oldLocation(row),
                result,
                copy(row),
                result == Result.FAILED
                        ? Optional.of(new RecordedOutcome.Failure(row.getString("code"), row.getString("message")))
                        : Optional.empty(),
                new RecordedOutcome.Recording(JdbcRunner.instant(row, "recorded_at"), row.getInt("attempts")));
    }

    private Optional<RecordedOutcome.Copy> copy(ResultSet row) throws SQLException {
        if (row.getObject("new_location") == null) {
            return Optional.empty();
        }
        long size = row.getLong("size");
        OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(size);
        return Optional.of(
                new RecordedOutcome.Copy(columns.location().read(row, "new_location"), row.getString("etag"), known));
    }
}
