package dev.rehome.common.catalog.mariadb;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.KeyMapping;
import dev.rehome.common.batch.RecordKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.RecordScanner;
import dev.rehome.common.catalog.ScanPage;
import dev.rehome.common.catalog.ScannedRecord;
import dev.rehome.common.catalog.TableProfile;
import dev.rehome.common.catalog.jdbc.Sql;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The scan by windows of the key.
 *
 * <p>First the window's last key is read from the index alone, then the legacy rows inside the window: a table in which
 * they are sparse costs short reads too, where a LIMIT on matches would read on and on.
 */
final class MariaDbRecordScanner implements RecordScanner {
    private final Sql sql;
    private final KeyMapping keys;
    private final KeySql key;
    private final LocationSql location;
    private final String table;
    private final String mapping;
    private final int window;

    private final RefusedValues refused;

    MariaDbRecordScanner(Sql sql, TableProfile profile, MappingSchema schema, KeyMapping keys, int window) {
        this.sql = sql;
        this.keys = keys;
        this.key = new KeySql(profile.key());
        this.location = new LocationSql(profile.column());
        this.table = Quoted.scanned(profile);
        this.mapping = Quoted.table(schema.mapping());
        this.refused = new RefusedValues(sql, schema, key);
        this.window = window;
    }

    @Override
    public ScanPage page(Optional<RecordKey> after, int run) {
        Optional<RecordKey> end = end(after);
        return new ScanPage(end.isEmpty() ? List.of() : records(after, end.get(), run), end);
    }

    @Override
    public int setAside(Optional<RecordKey> after, RecordKey end, int run, BatchId batch) {
        String rest =
                " FROM " + table + " WHERE " + within(after) + " AND (" + location.intact("t") + ") IS NOT TRUE AND "
                        + refused.unreported(key.join("t", "m") + " AND m.old_location = " + location.exact("t"));
        return refused.write(batch, run, key.names("t"), location.in("t"), rest, (statement, from) -> {
            int next = bounds(statement, from, after, end);
            statement.setObject(next, pattern());
            statement.setInt(next + 1, run);
        });
    }

    @Override
    public CountedWindow count(Optional<RecordKey> after) {
        Optional<RecordKey> end = end(after);
        if (end.isEmpty()) {
            return new CountedWindow(0, 0, end);
        }
        String query = "SELECT COUNT(*), COALESCE(SUM(CHAR_LENGTH(" + location.in("t") + ") > ?), 0) FROM " + table
                + " WHERE " + within(after);
        return sql.first(
                        "counting legacy rows",
                        query,
                        statement -> {
                            statement.setLong(1, longestThatFits(keys, location));
                            statement.setObject(bounds(statement, 2, after, end.get()), pattern());
                        },
                        row -> new CountedWindow(row.getLong(1), row.getLong(2), end))
                .orElseThrow();
    }

    /** The longest legacy value, in characters, whose new value the column holds. */
    static long longestThatFits(KeyMapping keys, LocationSql location) {
        if (keys.layout() == KeyLayout.FLATTEN) {
            return Long.MAX_VALUE;
        }
        int legacy = keys.legacy().codePointCount(0, keys.legacy().length());
        int target = keys.target().codePointCount(0, keys.target().length());
        return location.column().maxCharacters() - target + legacy;
    }

    private Optional<RecordKey> end(Optional<RecordKey> after) {
        String query = "SELECT " + key.list("w") + " FROM (SELECT " + key.list("t") + " FROM " + table
                + (after.isPresent() ? " WHERE " + key.after("t") : "") + " ORDER BY " + key.order("t", false)
                + " LIMIT " + window + ") w ORDER BY " + key.order("w", true) + " LIMIT 1";
        return sql.first(
                "finding a window's end",
                query,
                statement -> {
                    if (after.isPresent()) {
                        key.bindRange(statement, 1, after.get());
                    }
                },
                row -> key.read(row, 1));
    }

    private List<ScannedRecord> records(Optional<RecordKey> after, RecordKey end, int run) {
        String failure = "CASE WHEN " + location.intact("t") + " THEN (SELECT MAX(m.code) FROM " + mapping + " m WHERE "
                + key.join("t", "m") + " AND m.run_no = ? AND m.outcome = 'FAILED' AND m.old_location = "
                + location.exact("t") + ") ELSE '" + FailureCode.KEY_REFUSED.name() + "' END";
        String query = "SELECT " + key.list("t") + ", " + location.in("t") + ", " + failure + " FROM " + table
                + " WHERE " + within(after) + " ORDER BY " + key.order("t", false);
        int columns = key.columns().size();
        return sql
                .list(
                        "reading a window",
                        query,
                        statement -> {
                            statement.setInt(1, run);
                            statement.setObject(bounds(statement, 2, after, end), pattern());
                        },
                        row -> new ScannedRecord(
                                new SourceRecord(key.read(row, 1), location.read(row, columns + 1)),
                                Optional.ofNullable(row.getString(columns + 2))))
                .stream()
                // Once more byte for byte: no collation rule of any server version may widen the match.
                .filter(found -> keys.isLegacy(found.record().location()))
                .toList();
    }

    private String within(Optional<RecordKey> after) {
        return (after.isPresent() ? key.after("t") + " AND " : "") + key.upTo("t") + " AND " + location.exact("t")
                + " LIKE ? ESCAPE '|'";
    }

    private int bounds(PreparedStatement statement, int from, Optional<RecordKey> after, RecordKey end)
            throws SQLException {
        int next = after.isPresent() ? key.bindRange(statement, from, after.get()) : from;
        return key.bindRange(statement, next, end);
    }

    private Object pattern() {
        return location.parameter(LocationSql.startsWith(keys.legacy()));
    }
}
