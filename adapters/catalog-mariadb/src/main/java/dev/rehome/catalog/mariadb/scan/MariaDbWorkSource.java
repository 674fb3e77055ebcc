package dev.rehome.catalog.mariadb.scan;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.scan.RecordIdentity.Window;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
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

/** The scan of the catalog's table. */
public final class MariaDbWorkSource implements WorkSource {
    /** A key that was read, and its record unless the filter rejects it. */
    private record Scanned(RowKey rowKey, Optional<ScannedRecord> record) {}

    private final JdbcRunner jdbc;
    private final RecordIdentity identity;
    private final LocationSql location;
    private final RowFilter filter;
    private final MappingSchema schema;
    private final UndecodableValues undecodable;

    public MariaDbWorkSource(
            JdbcRunner jdbc, RecordIdentity identity, LocationSql location, RowFilter filter, MappingSchema schema) {
        this.jdbc = jdbc;
        this.identity = identity;
        this.location = location;
        this.filter = filter;
        this.schema = schema;
        this.undecodable = new UndecodableValues(jdbc, identity, schema);
    }

    @Override
    public Page page(Optional<RowKey> after, int run) {
        Optional<Window> window = identity.window(after);
        if (window.isEmpty()) {
            return new Page(List.of(), Optional.empty());
        }
        List<Scanned> scanned = jdbc.list("reading a window", query(window.get(), run), this::scanned);
        Optional<RowKey> last = scanned.stream().reduce((a, b) -> b).map(Scanned::rowKey);
        return new Page(
                scanned.stream().map(Scanned::record).flatMap(Optional::stream).toList(),
                window.get().end().or(() -> last));
    }

    private SqlFragment query(Window window, int run) {
        // The index is named because the mapping table has just been filled: with statistics from when it was empty,
        // the
        // optimizer would read all of it for every record.
        return sql("""
                SELECT d.*, CASE WHEN :intact THEN (
                  SELECT MAX(m.code) FROM :mapping m FORCE INDEX (by_record)
                  WHERE :same_record AND m.run_no = :run AND m.outcome = 'FAILED'
                ) ELSE :undecodable END AS failure
                FROM (:records) d ORDER BY :keys""")
                .with("intact", location.intact(sql("d.v")))
                .with("mapping", schema.mapping())
                .with("same_record", identity.sameRecord())
                .with("run", run)
                .with("undecodable", FailureCode.KEY_REFUSED.name())
                .with("records", identity.records(window, filter.join(), filter.columns(), filter.condition()))
                .with("keys", identity.keys());
    }

    private Scanned scanned(ResultSet row) throws SQLException {
        RowKey rowKey = identity.readKey(row);
        Optional<SourceRecord> record = filter.record(rowKey, location.read(row, "v"), row);
        Optional<String> failure = Optional.ofNullable(row.getString("failure"));
        return new Scanned(rowKey, record.map(each -> new ScannedRecord(each, failure)));
    }

    @Override
    public int recordUndecodable(Optional<RowKey> after, RowKey end, int run, BatchId batch) {
        SqlFragment broken = sql(":condition AND (:intact) IS NOT TRUE")
                .with("condition", filter.condition())
                .with("intact", location.intact(location.exact("t")));
        return undecodable.record(
                identity.records(Window.between(after, end), filter.join(), SqlFragment.EMPTY, broken), run, batch);
    }

    @Override
    public CountedWindow count(Optional<RowKey> after) {
        return identity.countedWindow(after).map(this::count).orElse(new CountedWindow(0, 0, Optional.empty()));
    }

    private CountedWindow count(Window window) {
        SqlFragment tooLong = sql(", :too_long AS too_long").with("too_long", filter.tooLong());
        SqlFragment query = sql("SELECT COUNT(*) AS legacy, COALESCE(SUM(d.too_long), 0) AS too_long FROM (:records) d")
                .with("records", identity.records(window, filter.join(), tooLong, filter.condition()));
        return jdbc.first(
                        "counting records",
                        query,
                        row -> new CountedWindow(row.getLong("legacy"), row.getLong("too_long"), window.end()))
                .orElseThrow();
    }
}
