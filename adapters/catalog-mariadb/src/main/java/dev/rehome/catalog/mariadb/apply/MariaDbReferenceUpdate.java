package dev.rehome.catalog.mariadb.apply;

import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.ledger.MariaDbLeaderLock;
import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.KeySql;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.ApplyResult;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ReferenceUpdate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bulk update of one batch and the classification of its records, inside the caller's transaction.
 *
 * <p>One statement moves the rows and marks their mappings, joined from the small side by the catalog's key. What it
 * leaves marked as copied is looked at row by row. A row that no value can be written to is found by halving.
 */
public final class MariaDbReferenceUpdate implements ReferenceUpdate {
    /**
     * MariaDB: duplicate entry, data too long, value out of range or truncated (in a generated column), check constraint,
     * foreign key, a trigger's word, no partition for the value.
     */
    private static final Set<Integer> ROW_REFUSED =
            Set.of(1062, 1406, 1264, 1265, 1292, 1366, 1690, 4025, 1452, 1451, 1644, 1761, 1762, 1526);

    private static final Set<Integer> DUPLICATE = Set.of(1062, 1761, 1762);
    /** A row may change back and forth under us; past this many rounds we let others go first. */
    private static final int ROUNDS = 5;

    private final MariaDbLeaderLock lock;
    private final MappingSchema schema;
    private final String update;
    private final String leftOver;
    private final String noRoom;

    public MariaDbReferenceUpdate(MariaDbLeaderLock lock, MappingSchema schema, TableProfile profile) {
        this.lock = lock;
        this.schema = schema;
        KeySql key = new KeySql(profile.key());
        LocationSql location = new LocationSql(profile.column());
        // Fresh tables have poor statistics: without the hints the optimizer may read, and lock, all of a table.
        String map = Identifiers.table(schema.mapping()) + " m FORCE INDEX (PRIMARY)";
        String table = Identifiers.scanned(profile);
        StringBuilder kept = new StringBuilder();
        for (String column : profile.keptTimestamps()) {
            String name = "t." + Identifiers.name(column);
            kept.append(", ").append(name).append(" = ").append(name);
        }
        this.update = "UPDATE " + map + " STRAIGHT_JOIN " + table + " ON " + key.join("t", "m") + " SET "
                + location.in("t") + " = m.new_location" + kept + ", m.outcome = 'MIGRATED'"
                + " WHERE m.batch_id = ? AND m.record_no BETWEEN ? AND ? AND m.outcome = 'COPIED' AND "
                + location.exact("t") + " = m.old_location AND " + location.fits("m.new_location");
        this.noRoom = "The row can't take the new value: the column is "
                + profile.column().type();
        this.leftOver = profile.isKeyless()
                ? leftOverValues(map, table, key, location)
                : leftOverRows(map, table, key, location, profile.key().get(0).name());
    }

    private static String leftOverRows(String map, String table, KeySql key, LocationSql location, String keyColumn) {
        return "SELECT m.record_no, CASE WHEN t." + Identifiers.name(keyColumn) + " IS NULL THEN 'DELETED' WHEN "
                + location.exact("t") + " = m.new_location THEN 'MIGRATED' WHEN " + location.exact("t")
                + " = m.old_location THEN " + copied(location) + " ELSE 'CHANGED' END FROM " + map + " LEFT JOIN "
                + table + " ON "
                + key.join("t", "m") + " WHERE m.batch_id = ? AND m.outcome = 'COPIED'";
    }

    /** A row that still holds the old value: of a new value without room, or of one that came back. */
    private static String copied(LocationSql location) {
        return "IF(" + location.fits("m.new_location") + ", 'COPIED', 'FAILED')";
    }

    /** A value that no row holds any more was changed or deleted: without a key nobody can tell which. */
    private static String leftOverValues(String map, String table, KeySql key, LocationSql location) {
        return "SELECT DISTINCT m.record_no, IF(" + location.in("t") + " IS NULL, 'CHANGED', " + copied(location)
                + ") FROM " + map + " LEFT JOIN " + table + " ON " + key.join("t", "m") + " AND " + location.exact("t")
                + " = m.old_location WHERE m.batch_id = ? AND m.outcome = 'COPIED'";
    }

    @Override
    public String statement() {
        return update;
    }

    @Override
    public ApplyResult apply(BatchId batch, int records) {
        return lock.inTransaction("applying batch " + batch, connection -> apply(connection, batch, records));
    }

    private ApplyResult apply(Connection connection, BatchId batch, int records) throws SQLException {
        int present = total(outcomes(connection, batch));
        if (present < records) {
            return ApplyResult.outcomesMissing(records - present);
        }
        for (int round = 1; migrate(connection, batch, 0, records); round++) {
            if (round == ROUNDS) {
                throw new Unavailable("Rows of batch " + batch + " change back and forth; trying again later");
            }
        }
        Map<String, Integer> outcomes = outcomes(connection, batch);
        RecordTotals result = new RecordTotals(
                outcomes.getOrDefault("MIGRATED", 0),
                outcomes.getOrDefault("CHANGED", 0),
                outcomes.getOrDefault("DELETED", 0),
                outcomes.getOrDefault("FAILED", 0));
        remember(connection, batch, result);
        return ApplyResult.applied(result);
    }

    /** One round; answers whether rows are left that hold the old value again. */
    private boolean migrate(Connection connection, BatchId batch, int from, int to) throws SQLException {
        move(connection, batch, from, to);
        boolean again = false;
        for (Map.Entry<Integer, String> row : leftOver(connection, batch).entrySet()) {
            switch (row.getValue()) {
                case "COPIED" -> again = true;
                case "FAILED" -> mark(connection, batch, row.getKey(), "FAILED", FailureCode.VALUE_TOO_LONG, noRoom);
                default -> mark(connection, batch, row.getKey(), row.getValue(), null, null);
            }
        }
        return again;
    }

    private void move(Connection connection, BatchId batch, int from, int to) throws SQLException {
        try {
            Sql.update(connection, update, statement -> {
                statement.setBytes(1, batch.bytes());
                statement.setInt(2, from);
                statement.setInt(3, to);
            });
        } catch (SQLException refused) {
            if (!ROW_REFUSED.contains(refused.getErrorCode())) {
                throw refused;
            }
            // The statement is undone whole, the transaction goes on: halve until the row stands alone.
            if (from == to) {
                FailureCode code = DUPLICATE.contains(refused.getErrorCode())
                        ? FailureCode.UNIQUE_COLLISION
                        : refused.getErrorCode() == 1406 ? FailureCode.VALUE_TOO_LONG : FailureCode.REJECTED;
                mark(
                        connection,
                        batch,
                        from,
                        "FAILED",
                        code,
                        "The row can't take the new value: " + refused.getMessage());
            } else {
                int middle = (from + to) >>> 1;
                move(connection, batch, from, middle);
                move(connection, batch, middle + 1, to);
            }
        }
    }

    private Map<Integer, String> leftOver(Connection connection, BatchId batch) throws SQLException {
        Map<Integer, String> rows = new HashMap<>();
        Sql.list(
                connection,
                leftOver,
                statement -> statement.setBytes(1, batch.bytes()),
                row -> rows.put(row.getInt(1), row.getString(2)));
        return rows;
    }

    private void mark(
            Connection connection, BatchId batch, int record, String outcome, FailureCode code, String message)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE " + Identifiers.table(schema.mapping()) + " SET outcome = ?, code = ?, message = LEFT(?, 1000)"
                        + " WHERE batch_id = ? AND record_no = ?",
                statement -> {
                    statement.setString(1, outcome);
                    statement.setString(2, code == null ? null : code.name());
                    statement.setString(3, message);
                    statement.setBytes(4, batch.bytes());
                    statement.setInt(5, record);
                });
    }

    private Map<String, Integer> outcomes(Connection connection, BatchId batch) throws SQLException {
        Map<String, Integer> counts = new HashMap<>();
        Sql.list(
                connection,
                "SELECT outcome, COUNT(*) FROM " + Identifiers.table(schema.mapping())
                        + " WHERE batch_id = ? GROUP BY outcome",
                statement -> statement.setBytes(1, batch.bytes()),
                row -> counts.put(row.getString(1), row.getInt(2)));
        return counts;
    }

    private static int total(Map<String, Integer> counts) {
        return List.copyOf(counts.values()).stream().mapToInt(Integer::intValue).sum();
    }

    private void remember(Connection connection, BatchId batch, RecordTotals result) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO " + Identifiers.table(schema.batches())
                        + " (batch_id, run_no, migrated, changed, deleted, failed, applied_at)"
                        + " SELECT ?, MAX(run_no), ?, ?, ?, ?, UTC_TIMESTAMP(6) FROM "
                        + Identifiers.table(schema.mapping()) + " WHERE batch_id = ?"
                        + " ON DUPLICATE KEY UPDATE migrated = VALUES(migrated), changed = VALUES(changed),"
                        + " deleted = VALUES(deleted), failed = VALUES(failed)",
                statement -> {
                    statement.setBytes(1, batch.bytes());
                    statement.setLong(2, result.migrated());
                    statement.setLong(3, result.changed());
                    statement.setLong(4, result.deleted());
                    statement.setLong(5, result.failed());
                    statement.setBytes(6, batch.bytes());
                });
    }
}
