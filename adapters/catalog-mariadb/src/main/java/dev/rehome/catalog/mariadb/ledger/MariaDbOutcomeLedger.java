package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.KeySql;
import dev.rehome.catalog.mariadb.sql.Sql;
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
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes outcomes in bulk: statements of many rows, one transaction. */
public final class MariaDbOutcomeLedger implements OutcomeLedger {
    private static final Logger LOG = LoggerFactory.getLogger(MariaDbOutcomeLedger.class);
    /** Rows of one statement: keeps the longest keys and messages within the smallest usual max_allowed_packet. */
    private static final int ROWS = 500;

    private final Sql sql;
    private final MappingSchema schema;
    private final ColumnCatalog columns;
    private final MappingOwnership ownership;
    private volatile OutcomeInsert insert;

    public MariaDbOutcomeLedger(Sql sql, MappingSchema schema, ColumnCatalog columns, MappingOwnership ownership) {
        this.sql = sql;
        this.schema = schema;
        this.columns = columns;
        this.ownership = ownership;
    }

    @Override
    public Set<Integer> recorded(BatchId batch) {
        shape();
        // A consumer with another bucket in its settings would prove copies to which no row is led.
        ownership.otherSettings().ifPresent(refusal -> {
            throw new Rejected(refusal);
        });
        String query = "SELECT record_no FROM " + Identifiers.table(schema.mapping()) + " WHERE batch_id = ?";
        return new HashSet<>(sql.list(
                "reading the recorded outcomes of batch " + batch,
                query,
                statement -> statement.setBytes(1, batch.bytes()),
                row -> row.getInt(1)));
    }

    @Override
    public void record(Batch batch, List<RecordOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        OutcomeInsert shape = shape();
        sql.transaction("recording outcomes of batch " + batch.id(), connection -> {
            if (isOfAnotherRun(connection, batch.run())) {
                LOG.warn(
                        "Batch {}: dropped its outcomes, because run {} was abandoned",
                        batch.id(),
                        batch.run().number());
                return null;
            }
            for (int from = 0; from < outcomes.size(); from += ROWS) {
                List<RecordOutcome> some = outcomes.subList(from, Math.min(from + ROWS, outcomes.size()));
                Sql.update(connection, shape.sql(some.size()), statement -> shape.bind(statement, batch, some));
            }
            return null;
        });
    }

    /** Whether the tables were dropped after that run: its number then belongs to another run, or will. */
    private boolean isOfAnotherRun(Connection connection, RunId run) throws SQLException {
        return !Sql.list(
                        connection,
                        "SELECT 1 FROM " + Identifiers.table(schema.runs()) + " WHERE run_no = ? AND run_token <> ?",
                        statement -> {
                            statement.setInt(1, run.number());
                            statement.setString(2, run.token().toString());
                        },
                        row -> 1)
                .isEmpty();
    }

    private OutcomeInsert shape() {
        OutcomeInsert known = insert;
        if (known == null) {
            KeySql key = new KeySql(columns.mappingKey(schema.mapping()));
            if (key.columns().isEmpty()) {
                throw new Unavailable("The mapping table " + schema.mapping()
                        + " isn't there yet: waiting for the producer to create it");
            }
            known = new OutcomeInsert(
                    Identifiers.table(schema.mapping()), key, columns.isBinary(schema.mapping(), "old_location"));
            insert = known;
        }
        return known;
    }

    /** The insert of outcomes. The first outcome of a record stands: a late one must not undo what was applied. */
    record OutcomeInsert(String table, KeySql key, boolean binary) {
        String sql(int rows) {
            String values =
                    "(?, ?, ?" + ", ?".repeat(key.columns().size()) + ", ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))";
            return "INSERT INTO " + table + " (batch_id, record_no, run_no, " + key.mappingList()
                    + ", old_location, new_location, outcome, code, message, etag, size, recorded_at) VALUES " + values
                    + (", " + values).repeat(rows - 1) + " ON DUPLICATE KEY UPDATE batch_id = batch_id";
        }

        void bind(PreparedStatement statement, Batch batch, List<RecordOutcome> outcomes) throws SQLException {
            int next = 1;
            for (RecordOutcome outcome : outcomes) {
                SourceRecord source = batch.records().get(outcome.record());
                statement.setBytes(next++, batch.id().bytes());
                statement.setInt(next++, outcome.record());
                statement.setInt(next++, batch.run().number());
                next = key.bind(statement, next, source.rowKey());
                location(statement, next++, source.location());
                next = outcome instanceof CopiedRecord mapping
                        ? copied(statement, next, mapping)
                        : failed(statement, next, (FailedRecord) outcome);
            }
        }

        private int copied(PreparedStatement statement, int next, CopiedRecord mapping) throws SQLException {
            location(statement, next, mapping.newLocation());
            statement.setString(next + 1, "COPIED");
            statement.setNull(next + 2, Types.VARCHAR);
            statement.setNull(next + 3, Types.VARCHAR);
            statement.setString(next + 4, mapping.etag());
            if (mapping.size().isPresent()) {
                statement.setLong(next + 5, mapping.size().getAsLong());
            } else {
                statement.setNull(next + 5, Types.BIGINT);
            }
            return next + 6;
        }

        private int failed(PreparedStatement statement, int next, FailedRecord failure) throws SQLException {
            statement.setNull(next, Types.VARCHAR);
            statement.setString(next + 1, "FAILED");
            statement.setString(next + 2, failure.code().name());
            statement.setString(next + 3, failure.message());
            statement.setNull(next + 4, Types.VARCHAR);
            statement.setNull(next + 5, Types.BIGINT);
            return next + 6;
        }

        private void location(PreparedStatement statement, int index, String value) throws SQLException {
            if (binary) {
                statement.setBytes(index, value.getBytes(StandardCharsets.UTF_8));
            } else {
                statement.setString(index, value);
            }
        }
    }
}
