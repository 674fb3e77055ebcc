package dev.rehome.catalog.mariadb.apply;

import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.ledger.MariaDbLeaderLock;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.ApplyResult;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ReferenceUpdate;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Applies a batch: one statement updates the rows and marks their records, joined from the mapping table by the key of the
 * catalog. The rows are read back; the records that the statement left out are classified one by one. An error that isn't
 * transient is bisected down to the record that causes it.
 *
 * @param sharesKeys whether two old keys may have the same new key, so that the keys in use must be known
 */
public record MariaDbReferenceUpdate(
        MariaDbLeaderLock lock, MappingSchema schema, TableProfile profile, boolean sharesKeys)
        implements ReferenceUpdate {
    /** An application may write a row back and forth. After this many rounds, other batches go first. */
    private static final int ROUNDS = 5;
    /** If at least this many records all fail with one error, the error isn't about records: it ends the run. */
    private static final int RUN_ERROR_RECORDS = 100;

    @Override
    public String statement() {
        return updates()
                .statement(new BatchId(new UUID(0, 0)), 0, Batch.MAX_RECORDS)
                .statement();
    }

    private BatchUpdate updates() {
        return BatchUpdate.of(schema, profile);
    }

    @Override
    public ApplyResult apply(BatchId batch, int records) {
        return lock.inTransaction("applying batch " + batch, connection -> apply(connection, batch, records));
    }

    private ApplyResult apply(Connection connection, BatchId batch, int records) throws SQLException {
        BatchOutcomes outcomes = new BatchOutcomes(connection, schema, batch);
        BatchOutcomes.Counts present = outcomes.count();
        if (present.records() < records) {
            return ApplyResult.outcomesMissing(records - present.records());
        }
        boolean hasExceptions = present.copied() > 0 && new Moving(outcomes, present).run();
        if (sharesKeys) {
            outcomes.recordKeysInUse();
        }
        RecordTotals totals = hasExceptions ? outcomes.count().totals() : present.totalsWhenMigrated();
        outcomes.store(present.run(), totals);
        return ApplyResult.applied(totals);
    }

    /** The update of one batch. */
    private final class Moving {
        private final Connection connection;
        private final BatchOutcomes outcomes;
        private final BatchOutcomes.Counts present;
        private final Map<Integer, Integer> failedByError = new HashMap<>();
        private boolean hasExceptions;

        private Moving(BatchOutcomes outcomes, BatchOutcomes.Counts present) {
            this.connection = outcomes.connection();
            this.outcomes = outcomes;
            this.present = present;
        }

        /** Updates the rows that can be updated; returns whether any copied record has another outcome. */
        boolean run() throws SQLException {
            move(0, present.last());
            for (int round = 1; classify(); round++) {
                if (round == ROUNDS) {
                    throw new Unavailable("Rows of batch " + outcomes.batch()
                            + " are changed back and forth by the application; trying again later");
                }
                move(0, present.last());
            }
            return hasExceptions;
        }

        private void move(int first, int last) throws SQLException {
            Savepoint before = connection.setSavepoint();
            try {
                updates().update(connection, outcomes.batch(), first, last);
            } catch (SQLException error) {
                if (!RowErrors.mayConcernOneRow(error)) {
                    throw error;
                }
                connection.rollback(before);
                hasExceptions = true;
                if (error instanceof RowErrors.AlteredRowsException altered
                        && !altered.records().isEmpty()) {
                    for (RowErrors.Altered each : altered.records()) {
                        outcomes.fail(each.record(), FailureCode.VALUE_ALTERED, each.message());
                    }
                    move(first, last);
                } else if (first == last) {
                    fail(first, error);
                } else {
                    int middle = (first + last) >>> 1;
                    move(first, middle);
                    move(middle + 1, last);
                }
            }
        }

        private void fail(int record, SQLException error) throws SQLException {
            if (!outcomes.fail(record, RowErrors.code(error), RowErrors.message(error))) {
                return;
            }
            int failed = failedByError.merge(error.getErrorCode(), 1, Integer::sum);
            if (failed >= RUN_ERROR_RECORDS && failed == present.copied() && !RowErrors.alwaysConcernsARow(error)) {
                throw error;
            }
        }

        /** Classifies the records that the update left out; returns whether rows hold the old location again. */
        private boolean classify() throws SQLException {
            Map<Integer, String> states = new HashMap<>();
            JdbcRunner.list(
                    connection,
                    updates().unresolved(outcomes.batch()),
                    row -> states.put(row.getInt("record_no"), row.getString("state")));
            hasExceptions |= !states.isEmpty();
            for (Map.Entry<Integer, String> each : states.entrySet()) {
                switch (each.getValue()) {
                    case "COPIED" -> {}
                    case "FAILED" ->
                        outcomes.fail(
                                each.getKey(),
                                FailureCode.VALUE_TOO_LONG,
                                "The new location doesn't fit into the column, which is "
                                        + profile.column().type());
                    default -> outcomes.mark(each.getKey(), each.getValue());
                }
            }
            return states.containsValue("COPIED");
        }
    }
}
