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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The scan by windows of the key.
 *
 * <p>First the window's last key is read from the index alone, then the rows to be moved inside the window: a table in
 * which they are sparse costs short reads too, where a LIMIT on matches would read on and on.
 */
public final class MariaDbRecordScanner implements WorkSource {
    private final Sql sql;
    private final KeyWindow window;
    private final KeySql key;
    private final LocationSql location;
    private final Chosen chosen;
    private final String mapping;
    private final RefusedValues refused;

    public MariaDbRecordScanner(Sql sql, TableProfile profile, MappingSchema schema, Chosen chosen, int rows) {
        this.sql = sql;
        this.window = KeyWindow.of(sql, profile, rows);
        this.key = window.key();
        this.location = new LocationSql(profile.column());
        this.chosen = chosen;
        this.mapping = Identifiers.table(schema.mapping());
        this.refused = new RefusedValues(sql, schema, key);
    }

    @Override
    public Page page(Optional<RowKey> after, int run) {
        Optional<RowKey> end = window.end(after);
        return new Page(end.isEmpty() ? List.of() : records(after, end.get(), run), end);
    }

    @Override
    public int recordUndecodable(Optional<RowKey> after, RowKey end, int run, BatchId batch) {
        String rest = " FROM " + within(after) + " AND (" + location.intact("t") + ") IS NOT TRUE AND "
                + refused.unreported(key.join("t", "m") + " AND m.old_location = " + location.exact("t"));
        return refused.write(batch, run, key.names("t"), location.in("t"), rest, (statement, from) -> {
            int next = chosen.bind(statement, window.bind(statement, from, after, end));
            statement.setInt(next, run);
        });
    }

    @Override
    public CountedWindow count(Optional<RowKey> after) {
        Optional<RowKey> end = window.end(after);
        if (end.isEmpty()) {
            return new CountedWindow(0, 0, end);
        }
        String query = "SELECT COUNT(*), COALESCE(SUM(" + chosen.tooLong() + "), 0) FROM " + within(after);
        return sql.first(
                        "counting rows to be moved",
                        query,
                        statement -> chosen.bind(
                                statement, window.bind(statement, chosen.bindTooLong(statement, 1), after, end.get())),
                        row -> new CountedWindow(row.getLong(1), row.getLong(2), end))
                .orElseThrow();
    }

    private List<ScannedRecord> records(Optional<RowKey> after, RowKey end, int run) {
        String failure = "CASE WHEN " + location.intact("t") + " THEN (SELECT MAX(m.code) FROM " + mapping + " m WHERE "
                + key.join("t", "m") + " AND m.run_no = ? AND m.outcome = 'FAILED' AND m.old_location = "
                + location.exact("t") + ") ELSE '" + FailureCode.KEY_REFUSED.name() + "' END";
        String query = "SELECT " + key.list("t") + ", " + location.in("t") + ", " + failure + chosen.columns()
                + " FROM " + within(after) + " ORDER BY " + key.order("t", false);
        return sql
                .list(
                        "reading a window",
                        query,
                        statement -> {
                            statement.setInt(1, run);
                            chosen.bind(statement, window.bind(statement, 2, after, end));
                        },
                        this::found)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<ScannedRecord> found(ResultSet row) throws SQLException {
        int columns = key.columns().size();
        Optional<SourceRecord> record =
                chosen.record(key.read(row, 1), location.read(row, columns + 1), row, columns + 3);
        Optional<String> failure = Optional.ofNullable(row.getString(columns + 2));
        return record.map(each -> new ScannedRecord(each, failure));
    }

    private String within(Optional<RowKey> after) {
        return window.table() + chosen.join() + " WHERE " + window.condition(after) + " AND " + chosen.condition();
    }
}
