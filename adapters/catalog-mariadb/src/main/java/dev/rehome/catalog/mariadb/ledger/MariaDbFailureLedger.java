package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.FailureLedger;
import dev.rehome.common.catalog.MigratedRecord.MappingRowId;
import dev.rehome.common.catalog.RecordedOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Failed records are found through the totals of their batches, so that batches without failures are never read, and
 * each statement covers a bounded number of batches.
 */
public record MariaDbFailureLedger(JdbcRunner jdbc, MappingSchema schema, ColumnCatalog columns)
        implements FailureLedger {
    /** Batches that one statement counts. */
    private static final int COUNTED_BATCHES = 100;

    private static final int LISTED_BATCHES = 5;

    @Override
    public List<Group> groups(int run) {
        Optional<MappingColumns> known = MappingColumns.of(columns, schema);
        Map<String, Group> groups = new TreeMap<>();
        Optional<BatchId> end = Optional.empty();
        while (known.isPresent()) {
            FailedBatches window = new FailedBatches(schema, run, end, COUNTED_BATCHES);
            end = window.end(jdbc);
            if (end.isEmpty()) {
                break;
            }
            for (Group counted : count(window)) {
                Group before = groups.get(counted.code());
                groups.put(counted.code(), with(counted, before, window, known.get()));
            }
        }
        return List.copyOf(groups.values());
    }

    private List<Group> count(FailedBatches window) {
        return jdbc.list(
                "counting failed records",
                schema.sql("""
                        SELECT m.code, COUNT(*) AS records, MIN(m.recorded_at) AS first_at, MAX(m.recorded_at) AS last_at
                        FROM (:window) b STRAIGHT_JOIN :mapping m FORCE INDEX (PRIMARY) ON m.batch_id = b.batch_id
                        WHERE m.outcome = 'FAILED' GROUP BY m.code ORDER BY m.code""").with("window", window.query()),
                row -> new Group(
                        row.getString("code"),
                        row.getLong("records"),
                        time(row, "first_at"),
                        time(row, "last_at"),
                        List.of()));
    }

    private Group with(Group counted, Group before, FailedBatches window, MappingColumns known) {
        List<Sample> samples = new ArrayList<>(before == null ? List.of() : before.samples());
        if (samples.size() < SAMPLES) {
            samples.addAll(samples(counted.code(), SAMPLES - samples.size(), window, known));
        }
        if (before == null) {
            return new Group(counted.code(), counted.records(), counted.first(), counted.last(), samples);
        }
        return new Group(
                counted.code(),
                before.records() + counted.records(),
                before.first().isBefore(counted.first()) ? before.first() : counted.first(),
                before.last().isAfter(counted.last()) ? before.last() : counted.last(),
                samples);
    }

    private List<Sample> samples(String code, int limit, FailedBatches window, MappingColumns known) {
        return jdbc.list(
                "reading samples of failed records",
                schema.sql("""
                        SELECT :key, m.old_location
                        FROM (:window) b STRAIGHT_JOIN :mapping m FORCE INDEX (PRIMARY) ON m.batch_id = b.batch_id
                        WHERE m.outcome = 'FAILED' AND m.code = :code
                        ORDER BY m.batch_id, m.record_no LIMIT :limit""")
                        .with("key", known.key().list("m"))
                        .with("window", window.query())
                        .with("code", code)
                        .with("limit", limit),
                row -> new Sample(known.key().read(row), known.location().read(row, "old_location")));
    }

    @Override
    public Page page(int run, Optional<String> code, Optional<BatchId> after) {
        Optional<MappingColumns> known = MappingColumns.of(columns, schema);
        FailedBatches window = new FailedBatches(schema, run, after, LISTED_BATCHES);
        Optional<BatchId> end = known.flatMap(any -> window.end(jdbc));
        return new Page(end.isEmpty() ? List.of() : records(window, code, known.orElseThrow()), end);
    }

    private List<RecordedOutcome> records(FailedBatches window, Optional<String> code, MappingColumns known) {
        return jdbc.list(
                "reading failed records",
                schema.sql("""
                        SELECT m.batch_id, m.record_no, :key, :old_location, m.code, m.message, m.recorded_at, :attempts
                        FROM (:window) b STRAIGHT_JOIN :mapping m FORCE INDEX (PRIMARY) ON m.batch_id = b.batch_id
                        WHERE m.outcome = 'FAILED' AND :wanted
                        ORDER BY m.batch_id, m.record_no""")
                        .with("key", known.key().list("m"))
                        .with("old_location", known.oldLocation())
                        .with("attempts", known.attempts(schema))
                        .with("window", window.query())
                        .with("wanted", wanted(code)),
                row -> new RecordedOutcome(
                        new MappingRowId(BatchId.of(row.getBytes("batch_id")), row.getInt("record_no")),
                        known.key().read(row),
                        known.oldLocation(row),
                        RecordedOutcome.Result.FAILED,
                        Optional.empty(),
                        Optional.of(new RecordedOutcome.Failure(row.getString("code"), row.getString("message"))),
                        new RecordedOutcome.Recording(time(row, "recorded_at"), row.getInt("attempts"))));
    }

    static SqlFragment wanted(Optional<String> code) {
        return code.map(only -> sql("m.code = :code").with("code", only)).orElse(sql("TRUE"));
    }

    @Override
    public Requeued requeue(RequeueOrder order, Optional<BatchId> after) {
        return new FailureRequeue(jdbc, schema).requeue(order, after);
    }

    @Override
    public List<RequeueTotal> requeues(int run) {
        return columns.of(schema.requeues()).isEmpty() ? List.of() : new FailureRequeue(jdbc, schema).requeues(run);
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
}
