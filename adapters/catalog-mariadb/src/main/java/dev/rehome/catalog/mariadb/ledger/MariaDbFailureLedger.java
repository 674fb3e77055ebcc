package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.FailureLedger;
import dev.rehome.common.catalog.RecordedOutcomes;
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
            FinishedBatches window = new FinishedBatches(schema, run, true, end, COUNTED_BATCHES);
            end = window.end(jdbc);
            if (end.isEmpty()) {
                break;
            }
            SqlFragment batches = window.ids(end.get());
            for (Group counted : count(batches)) {
                Group before = groups.get(counted.code());
                groups.put(counted.code(), with(counted, before, batches, known.get()));
            }
        }
        return List.copyOf(groups.values());
    }

    private List<Group> count(SqlFragment batches) {
        return jdbc.list(
                "counting failed records",
                schema.sql("""
                        SELECT m.code, COUNT(*) AS records, MIN(m.recorded_at) AS first_at, MAX(m.recorded_at) AS last_at
                        FROM (:batches_read) b STRAIGHT_JOIN :mapping m FORCE INDEX (PRIMARY) ON m.batch_id = b.batch_id
                        WHERE m.outcome = 'FAILED' GROUP BY m.code ORDER BY m.code""").with("batches_read", batches),
                row -> new Group(
                        row.getString("code"),
                        row.getLong("records"),
                        JdbcRunner.instant(row, "first_at"),
                        JdbcRunner.instant(row, "last_at"),
                        List.of()));
    }

    private Group with(Group counted, Group before, SqlFragment batches, MappingColumns known) {
        List<Sample> samples = new ArrayList<>(before == null ? List.of() : before.samples());
        if (samples.size() < SAMPLES) {
            samples.addAll(samples(counted.code(), SAMPLES - samples.size(), batches, known));
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

    private List<Sample> samples(String code, int limit, SqlFragment batches, MappingColumns known) {
        return jdbc.list(
                "reading samples of failed records",
                schema.sql("""
                        SELECT :key, m.old_location
                        FROM (:batches_read) b STRAIGHT_JOIN :mapping m FORCE INDEX (PRIMARY) ON m.batch_id = b.batch_id
                        WHERE m.outcome = 'FAILED' AND m.code = :code
                        ORDER BY m.batch_id, m.record_no LIMIT :limit""")
                        .with("key", known.key().list("m"))
                        .with("batches_read", batches)
                        .with("code", code)
                        .with("limit", limit),
                row -> new Sample(known.key().read(row), known.location().read(row, "old_location")));
    }

    @Override
    public RecordedOutcomes.Page page(int run, Optional<String> code, Optional<BatchId> after) {
        return OutcomeRows.page(
                jdbc,
                columns,
                new FinishedBatches(schema, run, true, after, LISTED_BATCHES),
                sql("m.outcome = 'FAILED' AND :wanted").with("wanted", wanted(code)));
    }

    static SqlFragment wanted(Optional<String> code) {
        return code.map(only -> sql("m.code = :code").with("code", only)).orElse(SqlFragment.TRUE);
    }

    @Override
    public Requeued requeue(RequeueOrder order, Optional<BatchId> after) {
        return new FailureRequeue(jdbc, schema).requeue(order, after);
    }

    @Override
    public List<RequeueTotal> requeues(int run) {
        return columns.of(schema.requeues()).isEmpty() ? List.of() : new FailureRequeue(jdbc, schema).requeues(run);
    }
}
