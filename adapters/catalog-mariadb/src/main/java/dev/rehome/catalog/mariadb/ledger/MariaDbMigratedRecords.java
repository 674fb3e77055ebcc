package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.KeySql;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.Rejected;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.MappingRowId;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import dev.rehome.common.catalog.MigratedRecords;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The walk over the mapping table by its primary key, with each row of the catalog joined by the catalog's key. A catalog
 * without a key is joined by the value, which reads the catalog once a window.
 */
public final class MariaDbMigratedRecords implements MigratedRecords {
    /** Whoever looks at the objects of a window keeps them all in mind at once. */
    private static final int MOST = 50_000;

    /** More bytes than a key of 1,024 bytes has in any character set; longer values can't be keys. */
    private static final int LONGEST_VALUE = 4_096;

    private static final String AFTER = "(m.batch_id > ? OR (m.batch_id = ? AND m.record_no > ?))";
    private static final String UP_TO = "(m.batch_id < ? OR (m.batch_id = ? AND m.record_no <= ?))";
    private static final String THIS = "m.batch_id = ? AND m.record_no = ?";

    private final Sql sql;
    private final MappingSchema schema;
    private final KeySql key;
    private final LocationSql location;
    private final String map;
    private final String select;
    private final String last;
    private final int window;

    public MariaDbMigratedRecords(Sql sql, MappingSchema schema, TableProfile profile, int window) {
        this.sql = sql;
        this.schema = schema;
        this.key = new KeySql(profile.key());
        this.location = new LocationSql(profile.column());
        this.map = Identifiers.table(schema.mapping()) + " m FORCE INDEX (PRIMARY)";
        String reference = profile.isKeyless()
                ? "IF(d.v IS NULL, 'CHANGED', 'HELD')"
                : "CASE WHEN t." + Identifiers.name(profile.key().get(0).name()) + " IS NULL THEN 'DELETED' WHEN "
                        + location.exact("t") + " = m.new_location THEN 'HELD' WHEN "
                        + location.exact("t") + " = m.old_location THEN 'REVERTED' ELSE 'CHANGED' END";
        String current = profile.isKeyless()
                ? "NULL"
                : "CASE WHEN " + location.exact("t") + " IN (m.new_location, m.old_location) THEN NULL WHEN LENGTH("
                        + location.in("t") + ") BETWEEN 1 AND " + LONGEST_VALUE + " AND " + location.intact("t")
                        + " THEN " + location.in("t") + " END";
        String rows = profile.isKeyless()
                ? "(SELECT DISTINCT " + location.exact("t") + " AS v FROM " + Identifiers.scanned(profile)
                        + ") d ON d.v = m.new_location"
                : Identifiers.scanned(profile) + " ON " + key.join("t", "m");
        this.select = "SELECT m.batch_id, m.record_no, m.old_location, m.new_location, m.etag, " + reference + ", "
                + current + ", " + key.mappingList("m") + " FROM " + map + " LEFT JOIN " + rows
                + " WHERE m.outcome = 'MIGRATED' AND ";
        String same = profile.isKeyless() ? "l.old_location = m.old_location" : key.sameMapping("l", "m");
        this.last = " AND NOT EXISTS (SELECT 1 FROM " + Identifiers.table(schema.mapping())
                + " l FORCE INDEX (by_record) WHERE " + same
                + " AND l.outcome = 'MIGRATED' AND (l.batch_id > m.batch_id"
                + " OR (l.batch_id = m.batch_id AND l.record_no > m.record_no)))";
        this.window = Math.min(window, MOST);
    }

    @Override
    public long count() {
        return sql.first(
                        "counting what was migrated",
                        "SELECT COALESCE(SUM(migrated), 0) FROM " + Identifiers.table(schema.batches()),
                        Sql::nothing,
                        row -> row.getLong(1))
                .orElse(0L);
    }

    @Override
    public Page page(Optional<MappingRowId> after) {
        Optional<MappingRowId> end = end(after);
        return new Page(end.isEmpty() ? List.of() : records(after, end.get()), end);
    }

    private Optional<MappingRowId> end(Optional<MappingRowId> after) {
        String query = "SELECT w.batch_id, w.record_no FROM (SELECT m.batch_id, m.record_no FROM " + map
                + (after.isPresent() ? " WHERE " + AFTER : "") + " ORDER BY m.batch_id, m.record_no LIMIT " + window
                + ") w ORDER BY w.batch_id DESC, w.record_no DESC LIMIT 1";
        return sql.first(
                "finding a window's end in the mapping table",
                query,
                statement -> bindAfter(statement, after),
                MariaDbMigratedRecords::place);
    }

    private List<MigratedRecord> records(Optional<MappingRowId> after, MappingRowId end) {
        String query = select + (after.isPresent() ? AFTER + " AND " : "") + UP_TO + last
                + " ORDER BY m.batch_id, m.record_no";
        return sql.list(
                "reading a window of the mapping table",
                query,
                statement -> bindRange(statement, bindAfter(statement, after), end),
                this::record);
    }

    @Override
    public MigratedRecord reread(MigratedRecord record) {
        return sql.first(
                        "reading row " + record.rowKey() + " again",
                        select + THIS,
                        statement -> bindPlace(statement, 1, record.id()),
                        this::record)
                .orElseThrow(() -> new Rejected("The mapping table has lost row " + record.rowKey()
                        + " during the verification: verify again."));
    }

    @Override
    public void updateETag(MappingRowId place, String etag) {
        sql.update(
                "recording the proof of a copy that was made again",
                "UPDATE " + Identifiers.table(schema.mapping()) + " m SET m.etag = ? WHERE " + THIS
                        + " AND m.outcome = 'MIGRATED'",
                statement -> {
                    statement.setString(1, etag);
                    bindPlace(statement, 2, place);
                });
    }

    private MigratedRecord record(ResultSet row) throws SQLException {
        return new MigratedRecord(
                place(row),
                key.read(row, 8),
                location.read(row, 3),
                location.read(row, 4),
                row.getString(5),
                Reference.valueOf(row.getString(6)),
                row.getObject(7) == null ? Optional.empty() : Optional.of(location.read(row, 7)));
    }

    private static MappingRowId place(ResultSet row) throws SQLException {
        return new MappingRowId(BatchId.of(row.getBytes(1)), row.getInt(2));
    }

    private static int bindAfter(PreparedStatement statement, Optional<MappingRowId> after) throws SQLException {
        return after.isPresent() ? bindRange(statement, 1, after.get()) : 1;
    }

    private static int bindRange(PreparedStatement statement, int from, MappingRowId place) throws SQLException {
        statement.setBytes(from, place.batch().bytes());
        return bindPlace(statement, from + 1, place);
    }

    private static int bindPlace(PreparedStatement statement, int from, MappingRowId place) throws SQLException {
        statement.setBytes(from, place.batch().bytes());
        statement.setInt(from + 1, place.record());
        return from + 2;
    }
}
