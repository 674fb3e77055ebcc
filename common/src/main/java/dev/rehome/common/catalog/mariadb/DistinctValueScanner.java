package dev.rehome.common.catalog.mariadb;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
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
 * The scan of a table without a usable key: its distinct legacy values, byte for byte, in their own order. Each window
 * reads the table, so windows hold values instead of rows and should be large.
 */
final class DistinctValueScanner implements RecordScanner {
    private final Sql sql;
    private final KeyMapping keys;
    private final KeySql key;
    private final LocationSql location;
    private final String table;
    private final String mapping;
    private final int window;

    private final RefusedValues refused;

    DistinctValueScanner(Sql sql, TableProfile profile, MappingSchema schema, KeyMapping keys, int window) {
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
        String query = "SELECT d.v, CASE WHEN " + location.intactValue("d.v") + " THEN (SELECT MAX(m.code) FROM "
                + mapping + " m WHERE m.old_location = d.v AND m.run_no = ? AND m.outcome = 'FAILED') ELSE '"
                + FailureCode.KEY_REFUSED.name() + "' END FROM (SELECT DISTINCT " + location.exact("t") + " AS v FROM "
                + table + where(after) + " ORDER BY v LIMIT " + window + ") d ORDER BY d.v";
        List<ScannedRecord> found = sql.list(
                "reading distinct values",
                query,
                statement -> {
                    statement.setInt(1, run);
                    bind(statement, 2, after);
                },
                row -> new ScannedRecord(
                        new SourceRecord(key.read(row, 1), location.read(row, 1)),
                        Optional.ofNullable(row.getString(2))));
        Optional<RecordKey> end = found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.get(found.size() - 1).record().key());
        return new ScanPage(
                found.stream()
                        .filter(each -> keys.isLegacy(each.record().location()))
                        .toList(),
                end);
    }

    @Override
    public int setAside(Optional<RecordKey> after, RecordKey end, int run, BatchId batch) {
        String rest = " FROM (SELECT DISTINCT " + location.exact("t") + " AS v FROM " + table + where(after) + " AND "
                + location.exact("t") + " <= ?) d WHERE (" + location.intactValue("d.v") + ") IS NOT TRUE AND "
                + refused.unreported("m.old_location = d.v");
        return refused.write(batch, run, List.of("d.v"), "d.v", rest, (statement, from) -> {
            bind(statement, from, after);
            int next = from + 1 + (after.isPresent() ? 1 : 0);
            key.bind(statement, next, end);
            statement.setInt(next + 1, run);
        });
    }

    @Override
    public CountedWindow count(Optional<RecordKey> after) {
        long longest = MariaDbRecordScanner.longestThatFits(keys, location);
        String query = "SELECT COUNT(*), COALESCE(SUM(CHAR_LENGTH(d.v) > ?), 0) FROM (SELECT DISTINCT "
                + location.exact("t") + " AS v FROM " + table + where(Optional.empty()) + ") d";
        return sql.first(
                        "counting distinct legacy values",
                        query,
                        statement -> {
                            statement.setLong(1, longest);
                            bind(statement, 2, Optional.empty());
                        },
                        row -> new CountedWindow(row.getLong(1), row.getLong(2), Optional.empty()))
                .orElseThrow();
    }

    private String where(Optional<RecordKey> after) {
        return " WHERE " + location.exact("t") + " LIKE ? ESCAPE '|'"
                + (after.isPresent() ? " AND " + location.exact("t") + " > ?" : "");
    }

    private void bind(PreparedStatement statement, int from, Optional<RecordKey> after) throws SQLException {
        statement.setObject(from, location.parameter(LocationSql.startsWith(keys.legacy())));
        if (after.isPresent()) {
            key.bind(statement, from + 1, after.get());
        }
    }
}
