package dev.rehome.catalog.mariadb.apply;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.ledger.MariaDbLeaderLock;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.ReferenceRollback;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rolls a batch back with one statement, guarded as the update is: the rows are locked, updated and read again in one
 * transaction. An error that isn't transient is bisected down to the row that causes it, which keeps its new location.
 */
public record MariaDbReferenceRollback(
        MariaDbLeaderLock lock, JdbcRunner jdbc, MappingSchema schema, TableProfile profile)
        implements ReferenceRollback {
    private static final Logger LOG = LoggerFactory.getLogger(MariaDbReferenceRollback.class);

    private RollbackSql statements() {
        return new RollbackSql(schema, profile);
    }

    @Override
    public List<BatchId> batches(Optional<BatchId> before, int limit) {
        return jdbc.list(
                "looking for batches to roll back",
                schema.sql("""
                        SELECT b.batch_id FROM :batches b FORCE INDEX (PRIMARY)
                        LEFT JOIN :rollbacks r FORCE INDEX (PRIMARY) ON r.batch_id = b.batch_id
                        WHERE b.migrated > 0 AND (r.batch_id IS NULL OR r.kept + r.failed > 0) AND :before
                        ORDER BY b.batch_id DESC LIMIT :limit""")
                        .with(
                                "before",
                                before.map(batch -> sql("b.batch_id < :batch").with("batch", batch))
                                        .orElse(SqlFragment.TRUE))
                        .with("limit", limit),
                row -> BatchId.of(row.getBytes("batch_id")));
    }

    @Override
    public List<Candidate> candidates(BatchId batch) {
        LocationSql location = new LocationSql(profile.column());
        List<Optional<Candidate>> found = jdbc.list(
                "reading batch " + batch,
                statements().states(batch),
                row -> row.getString("state").equals("HELD")
                        ? Optional.of(new Candidate(row.getInt("record_no"), location.read(row, "old_location")))
                        : Optional.empty());
        return found.stream().flatMap(Optional::stream).toList();
    }

    @Override
    public Totals rollBack(BatchId batch, Set<Integer> restorable) {
        return lock.inTransaction(
                "rolling back batch " + batch, connection -> new Restoring(connection, batch, restorable).run());
    }

    @Override
    public Totals totals() {
        return jdbc.first("reading the totals of the rollback", schema.sql("""
                                SELECT COALESCE(SUM(restored), 0) AS restored, COALESCE(SUM(changed), 0) AS changed,
                                       COALESCE(SUM(deleted), 0) AS deleted, COALESCE(SUM(kept), 0) AS kept,
                                       COALESCE(SUM(failed), 0) AS failed
                                FROM :rollbacks"""), MariaDbReferenceRollback::totals)
                .orElse(Totals.NONE);
    }

    @Override
    public Optional<Instant> latest() {
        return jdbc.first(
                "looking for the last rollback",
                schema.sql(
                        "SELECT rolled_back_at FROM :rollbacks WHERE restored > 0 ORDER BY rolled_back_at DESC LIMIT 1"),
                row -> JdbcRunner.instant(row, "rolled_back_at"));
    }

    private static Totals totals(ResultSet row) throws SQLException {
        return new Totals(
                row.getLong("restored"),
                row.getLong("changed"),
                row.getLong("deleted"),
                row.getLong("kept"),
                row.getLong("failed"));
    }

    @Override
    public String statement() {
        return statements().update(new BatchId(new UUID(0, 0)), List.of(0)).statement();
    }

    /** The rollback of one batch. */
    private final class Restoring {
        private final Connection connection;
        private final BatchId batch;
        private final Set<Integer> restorable;
        private final Set<Integer> failed = new HashSet<>();

        private Restoring(Connection connection, BatchId batch, Set<Integer> restorable) {
            this.connection = connection;
            this.batch = batch;
            this.restorable = restorable;
        }

        Totals run() throws SQLException {
            List<Integer> held = new ArrayList<>();
            states().forEach((record, state) -> {
                if (state.equals("HELD") && restorable.contains(record)) {
                    held.add(record);
                }
            });
            if (!held.isEmpty()) {
                restore(held);
            }
            Totals totals = totals(states());
            store(totals);
            return totals;
        }

        private Map<Integer, String> states() throws SQLException {
            Map<Integer, String> states = new TreeMap<>();
            JdbcRunner.list(
                    connection,
                    statements().states(batch),
                    row -> states.put(row.getInt("record_no"), row.getString("state")));
            return states;
        }

        private void restore(List<Integer> records) throws SQLException {
            Savepoint before = connection.setSavepoint();
            try {
                JdbcRunner.update(connection, statements().update(batch, records));
                requireRestored(records);
            } catch (SQLException error) {
                if (!RowErrors.mayConcernOneRow(error)) {
                    throw error;
                }
                connection.rollback(before);
                if (records.size() == 1) {
                    failed.addAll(records);
                    LOG.warn("Record {} of batch {} keeps its new location: {}", records, batch, error.getMessage());
                } else {
                    int middle = records.size() / 2;
                    restore(records.subList(0, middle));
                    restore(records.subList(middle, records.size()));
                }
            }
        }

        private void requireRestored(List<Integer> records) throws SQLException {
            Map<Integer, String> states = states();
            for (int record : records) {
                if (!states.get(record).equals("RESTORED")) {
                    throw new RowErrors.AlteredRowsException(
                            RowErrors.altered(
                                    "After the UPDATE, the row of record " + record + " didn't hold its old location",
                                    profile.table()),
                            List.of());
                }
            }
        }

        private Totals totals(Map<Integer, String> states) {
            long held = count(states, "HELD");
            return new Totals(
                    count(states, "RESTORED"),
                    count(states, "CHANGED"),
                    count(states, "DELETED"),
                    held - failed.size(),
                    failed.size());
        }

        private static long count(Map<Integer, String> states, String state) {
            return states.values().stream().filter(state::equals).count();
        }

        private void store(Totals totals) throws SQLException {
            SqlFragment insert = schema.sql("""
                    INSERT INTO :rollbacks (batch_id, run_no, restored, changed, deleted, kept, failed, rolled_back_at)
                    SELECT b.batch_id, b.run_no, :restored, :changed, :deleted, :kept, :failed, UTC_TIMESTAMP(6)
                    FROM :batches b WHERE b.batch_id = :batch
                    ON DUPLICATE KEY UPDATE restored = VALUES(restored), changed = VALUES(changed),
                      deleted = VALUES(deleted), kept = VALUES(kept), failed = VALUES(failed),
                      rolled_back_at = VALUES(rolled_back_at)""")
                    .with("restored", totals.restored())
                    .with("changed", totals.changed())
                    .with("deleted", totals.deleted())
                    .with("kept", totals.kept())
                    .with("failed", totals.failed())
                    .with("batch", batch);
            JdbcRunner.update(connection, insert);
        }
    }
}
