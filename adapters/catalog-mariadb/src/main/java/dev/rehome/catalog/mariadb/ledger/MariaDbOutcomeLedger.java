package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.MariaDbErrors;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.OutcomeLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes outcomes in statements of many rows, in one transaction. */
public final class MariaDbOutcomeLedger implements OutcomeLedger {
    private static final Logger LOG = LoggerFactory.getLogger(MariaDbOutcomeLedger.class);

    /** The number of values of a row whose key has four columns. */
    private static final int MOST_VALUES = 14;

    private final JdbcRunner jdbc;
    private final MappingSchema schema;
    private final ColumnCatalog columns;
    private final MappingTableCheck mappingTable;
    private volatile MappingColumns shape;

    public MariaDbOutcomeLedger(
            JdbcRunner jdbc, MappingSchema schema, ColumnCatalog columns, MappingTableCheck mappingTable) {
        this.jdbc = jdbc;
        this.schema = schema;
        this.columns = columns;
        this.mappingTable = mappingTable;
    }

    @Override
    public Set<Integer> recorded(BatchId batch) {
        shape();
        // A consumer whose settings name another bucket would record copies that no row will ever refer to.
        mappingTable.otherSettings().ifPresent(refusal -> {
            throw new Rejected(refusal);
        });
        return new HashSet<>(jdbc.list(
                "reading the recorded outcomes of batch " + batch,
                schema.sql("SELECT record_no FROM :mapping FORCE INDEX (PRIMARY) WHERE batch_id = :batch")
                        .with("batch", batch),
                row -> row.getInt("record_no")));
    }

    @Override
    public void record(Batch batch, List<RecordOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        MappingColumns known = shape();
        jdbc.transaction("recording outcomes of batch " + batch.id(), connection -> {
            if (isOfAnotherRun(connection, batch.run())) {
                LOG.warn(
                        "Batch {}: dropped its outcomes, because run {} was abandoned",
                        batch.id(),
                        batch.run().number());
            } else {
                insert(
                        connection,
                        known,
                        outcomes.stream()
                                .map(outcome -> values(known, batch, outcome))
                                .toList());
            }
            return null;
        });
    }

    /** Whether the tables were dropped after that run: its number then belongs to another run, or will. */
    private boolean isOfAnotherRun(Connection connection, RunId run) throws SQLException {
        return JdbcRunner.exists(
                connection,
                schema.sql("SELECT 1 FROM :runs WHERE run_no = :number AND run_token <> :token")
                        .with("number", run.number())
                        .with("token", run.token().toString()));
    }

    /**
     * The first outcome of a record wins: a late one must not undo what was applied. Only two consumers of one batch, or a
     * commit whose reply was lost, write an outcome again, so the statement that allows for it comes second.
     */
    private void insert(Connection connection, MappingColumns known, List<List<Object>> rows) throws SQLException {
        SqlFragment insert = schema.sql("""
                INSERT INTO :mapping
                  (batch_id, record_no, run_no, :keys, old_location, new_location, outcome, code, message, etag, size,
                   recorded_at)
                VALUES :rows :existing""").with("keys", known.key().list());
        try {
            JdbcRunner.insertInBulk(
                    connection, insert.with("rows", row(rows.get(0))).with("existing", SqlFragment.EMPTY), rows);
        } catch (SQLException failure) {
            if (!MariaDbErrors.permitsOrdinaryInsert(failure)) {
                throw failure;
            }
            JdbcRunner.insert(
                    connection,
                    insert.with("existing", sql("ON DUPLICATE KEY UPDATE batch_id = batch_id")),
                    rows.stream().map(MariaDbOutcomeLedger::row).toList());
        }
    }

    private static SqlFragment row(List<Object> values) {
        return sql("(:values, UTC_TIMESTAMP(6))").with("values", SqlFragment.parameters(values));
    }

    /** The values of an outcome, in the order of the columns. */
    private static List<Object> values(MappingColumns known, Batch batch, RecordOutcome outcome) {
        SourceRecord source = batch.records().get(outcome.record());
        List<Object> values = new ArrayList<>(MOST_VALUES);
        values.add(batch.id());
        values.add(outcome.record());
        values.add(batch.run().number());
        values.addAll(known.key().parameters(source.rowKey()));
        values.add(known.location().parameter(source.location()));
        if (outcome instanceof CopiedRecord copied) {
            values.add(known.location().parameter(copied.newLocation()));
            values.add("COPIED");
            values.add(null);
            values.add(null);
            values.add(copied.proof());
            values.add(copied.size().isPresent() ? copied.size().getAsLong() : null);
        } else {
            FailedRecord failed = (FailedRecord) outcome;
            values.add(null);
            values.add("FAILED");
            values.add(failed.code().name());
            values.add(failed.message());
            values.add(null);
            values.add(null);
        }
        return values;
    }

    /** The mapping table's columns, read once. */
    private MappingColumns shape() {
        MappingColumns known = shape;
        if (known == null) {
            known = MappingColumns.of(columns, schema)
                    .orElseThrow(() -> new Unavailable("The mapping table " + schema.mapping()
                            + " doesn't exist yet: waiting for the producer to create it"));
            shape = known;
        }
        return known;
    }
}
