package dev.rehome.catalog.mariadb.scan;

import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.KeySql;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.ScannedRecord;
import dev.rehome.common.catalog.WorkSource;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The scan of a table without a usable key: the distinct values that are to be moved, byte for byte, in their own order.
 * Each window reads the table, so windows hold values instead of rows and should be large.
 */
public final class DistinctValueScanner implements WorkSource {
    /** One value of a window: all of them say where it ends, also one that is none to be moved after all. */
    private record Value(RowKey key, Optional<ScannedRecord> found) {}

    private final Sql sql;
    private final KeySql key;
    private final LocationSql location;
    private final Chosen chosen;
    private final String table;
    private final String mapping;
    private final int window;
    private final RefusedValues refused;

    public DistinctValueScanner(Sql sql, TableProfile profile, MappingSchema schema, Chosen chosen, int window) {
        this.sql = sql;
        this.key = new KeySql(profile.key());
        this.location = new LocationSql(profile.column());
        this.chosen = chosen;
        this.table = Identifiers.scanned(profile);
        this.mapping = Identifiers.table(schema.mapping());
        this.refused = new RefusedValues(sql, schema, key);
        this.window = window;
    }

    @Override
    public Page page(Optional<RowKey> after, int run) {
        String query = "SELECT d.*, CASE WHEN " + location.intactValue("d.v") + " THEN (SELECT MAX(m.code) FROM "
                + mapping + " m WHERE m.old_location = d.v AND m.run_no = ? AND m.outcome = 'FAILED') ELSE '"
                + FailureCode.KEY_REFUSED.name() + "' END AS failure FROM (SELECT DISTINCT " + location.exact("t")
                + " AS v" + chosen.columns() + " FROM " + where(after) + " ORDER BY v LIMIT " + window
                + ") d ORDER BY d.v";
        List<Value> values = sql.list(
                "reading distinct values",
                query,
                statement -> {
                    statement.setInt(1, run);
                    bind(statement, 2, after);
                },
                this::value);
        Optional<RowKey> end = values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.get(values.size() - 1).key());
        return new Page(
                values.stream().map(Value::found).flatMap(Optional::stream).toList(), end);
    }

    private Value value(ResultSet row) throws SQLException {
        RowKey value = key.read(row, 1);
        Optional<SourceRecord> record = chosen.record(value, location.read(row, 1), row, 2);
        Optional<String> failure = Optional.ofNullable(row.getString("failure"));
        return new Value(value, record.map(each -> new ScannedRecord(each, failure)));
    }

    @Override
    public int recordUndecodable(Optional<RowKey> after, RowKey end, int run, BatchId batch) {
        String rest = " FROM (SELECT DISTINCT " + location.exact("t") + " AS v FROM " + where(after) + " AND "
                + location.exact("t") + " <= ?) d WHERE (" + location.intactValue("d.v") + ") IS NOT TRUE AND "
                + refused.unreported("m.old_location = d.v");
        return refused.write(batch, run, List.of("d.v"), "d.v", rest, (statement, from) -> {
            int next = key.bind(statement, bind(statement, from, after), end);
            statement.setInt(next, run);
        });
    }

    @Override
    public CountedWindow count(Optional<RowKey> after) {
        String query = "SELECT COUNT(*), COALESCE(SUM(d.w), 0) FROM (SELECT DISTINCT " + location.exact("t") + " AS v, "
                + chosen.tooLong() + " AS w FROM " + where(Optional.empty()) + ") d";
        return sql.first(
                        "counting distinct values to be moved",
                        query,
                        statement -> chosen.bind(statement, chosen.bindTooLong(statement, 1)),
                        row -> new CountedWindow(row.getLong(1), row.getLong(2), Optional.empty()))
                .orElseThrow();
    }

    private String where(Optional<RowKey> after) {
        return table + chosen.join() + " WHERE " + chosen.condition()
                + (after.isPresent() ? " AND " + location.exact("t") + " > ?" : "");
    }

    private int bind(PreparedStatement statement, int from, Optional<RowKey> after) throws SQLException {
        int next = chosen.bind(statement, from);
        return after.isPresent() ? key.bind(statement, next, after.get()) : next;
    }
}
