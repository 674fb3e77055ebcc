package dev.rehome.catalog.mariadb.scan;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.scan.RecordIdentity.Window;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.BatchId;
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
    private final ScanFailures failures;
    private volatile boolean anyInUse;

    public MariaDbWorkSource(
            JdbcRunner jdbc, RecordIdentity identity, LocationSql location, RowFilter filter, MappingSchema schema) {
        this.jdbc = jdbc;
        this.identity = identity;
        this.location = location;
        this.filter = filter;
        this.schema = schema;
        this.failures = new ScanFailures(identity, location, filter, schema);
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
        return sql("SELECT d.*, COALESCE(:reported, :unpublishable) AS failure FROM (:records) d ORDER BY :keys")
                .with("reported", hasFailures(run) && hasOutcomes(window) ? failures.reported(run) : sql("NULL"))
                .with("unpublishable", failures.unpublishable(inUse()))
                .with("records", records(window))
                .with("keys", identity.keys());
    }

    private SqlFragment records(Window window) {
        return identity.records(window, filter.join(), filter.columns(), filter.condition());
    }

    /** Whether the run has reported a failure: in a first pass it rarely has, and then records aren't looked up. */
    private boolean hasFailures(int run) {
        return jdbc.exists(
                "looking for failures of run " + run,
                schema.sql("SELECT 1 FROM :batches WHERE run_no = :run AND failed > 0 LIMIT 1")
                        .with("run", run));
    }

    /**
     * Whether any record of the window may have an outcome. In a first pass none has, even if earlier windows had failures.
     */
    private boolean hasOutcomes(Window window) {
        return jdbc.exists(
                "looking for outcomes in a window",
                schema.sql("SELECT 1 FROM :mapping m FORCE INDEX (by_record) WHERE :in_window LIMIT 1")
                        .with("in_window", identity.outcomeIn(window)));
    }

    /**
     * The condition that a new key is in use since this run or an earlier one. Most migrations have no such keys, and then
     * records aren't looked up. Their presence is remembered; their absence isn't, because each batch of this run may add
     * some.
     */
    private SqlFragment inUse() {
        if (!anyInUse) {
            anyInUse = jdbc.exists("looking for new keys in use", schema.sql("SELECT 1 FROM :in_use LIMIT 1"));
        }
        return anyInUse ? failures.inUse() : sql("FALSE");
    }

    private Scanned scanned(ResultSet row) throws SQLException {
        RowKey rowKey = identity.readKey(row);
        Optional<SourceRecord> record = filter.reader().record(rowKey, location.read(row, "v"), row);
        Optional<String> failure = Optional.ofNullable(row.getString("failure"));
        return new Scanned(rowKey, record.map(each -> new ScannedRecord(each, failure)));
    }

    @Override
    public int recordUnpublishable(Optional<RowKey> after, RowKey end, int run, BatchId batch) {
        SqlFragment records = records(Window.between(after, end));
        SqlFragment used = inUse();
        return jdbc.transaction(
                "recording records that can't be published",
                connection -> failures.write(connection, records, used, run, batch));
    }

    @Override
    public long requeued(int run) {
        return jdbc.first(
                        "reading what was requeued in run " + run,
                        schema.sql("SELECT COALESCE(SUM(records), 0) AS records FROM :requeues WHERE run_no = :run")
                                .with("run", run),
                        row -> row.getLong("records"))
                .orElseThrow();
    }

    @Override
    public CountedWindow count(Optional<RowKey> after) {
        return identity.countedWindow(after).map(this::count).orElse(new CountedWindow(0, 0, Optional.empty()));
    }

    private CountedWindow count(Window window) {
        SqlFragment query =
                sql("SELECT COUNT(*) AS legacy, COALESCE(SUM(NOT (:fits)), 0) AS too_long FROM (:records) d")
                        .with("fits", location.fits(filter.target()))
                        .with("records", records(window));
        return jdbc.first(
                        "counting records",
                        query,
                        row -> new CountedWindow(row.getLong("legacy"), row.getLong("too_long"), window.end()))
                .orElseThrow();
    }
}
