package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.Rejected;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.MappingRowId;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import dev.rehome.common.catalog.MigratedRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Reads the mapping table by its primary key, and joins the catalog's row by the row key. A catalog without a usable key is
 * joined by the value, which reads the whole catalog once per window.
 */
public final class MariaDbMigratedRecords implements MigratedRecords {
    /** Caps memory: the caller holds a whole window. */
    private static final int MAX_WINDOW = 50_000;

    /** More bytes than a key of 1,024 bytes has in any character set; longer values can't be keys. */
    private static final int LONGEST_VALUE = 4_096;

    private final JdbcRunner jdbc;
    private final MappingSchema schema;
    private final TableProfile profile;
    private final MappingKey key;
    private final LocationSql location;
    private final int window;

    public MariaDbMigratedRecords(JdbcRunner jdbc, MappingSchema schema, TableProfile profile, int window) {
        this.jdbc = jdbc;
        this.schema = schema;
        this.profile = profile;
        this.key = new MappingKey(profile.key());
        this.location = new LocationSql(profile.column());
        this.window = Math.min(window, MAX_WINDOW);
    }

    @Override
    public long count() {
        return jdbc.first(
                        "counting migrated records",
                        schema.sql("SELECT COALESCE(SUM(b.migrated), 0) AS migrated FROM :batches b WHERE :standing")
                                .with("standing", standing("b")),
                        row -> row.getLong("migrated"))
                .orElse(0L);
    }

    @Override
    public Page page(Optional<MappingRowId> after) {
        Optional<MappingRowId> end = end(after);
        return new Page(end.isEmpty() ? List.of() : records(after, end.get()), end);
    }

    private Optional<MappingRowId> end(Optional<MappingRowId> after) {
        return jdbc.first(
                "finding the end of a window of the mapping table",
                schema.sql("""
                        SELECT w.batch_id, w.record_no FROM (
                          SELECT m.batch_id, m.record_no FROM :mapping m FORCE INDEX (PRIMARY)
                          WHERE :after ORDER BY m.batch_id, m.record_no LIMIT :window
                        ) w ORDER BY w.batch_id DESC, w.record_no DESC LIMIT 1""").with("after", after(after)).with("window", window),
                MariaDbMigratedRecords::id);
    }

    private List<MigratedRecord> records(Optional<MappingRowId> after, MappingRowId end) {
        SqlFragment upTo = sql("(m.batch_id < :batch OR (m.batch_id = :batch AND m.record_no <= :record))")
                .with("batch", end.batch())
                .with("record", end.record());
        SqlFragment same = profile.isKeyless() ? sql("l.old_location = m.old_location") : key.same("l", "m");
        // A record that was migrated more than once is returned once, as it was the last time.
        SqlFragment last = schema.sql("""
                NOT EXISTS (SELECT 1 FROM :mapping l FORCE INDEX (by_record)
                  WHERE :same AND l.outcome = 'MIGRATED' AND (l.batch_id > m.batch_id
                  OR (l.batch_id = m.batch_id AND l.record_no > m.record_no)))""").with("same", same);
        return jdbc.list(
                "reading a window of the mapping table",
                sql(":migrated AND :after AND :up_to AND :standing AND :last ORDER BY m.batch_id, m.record_no")
                        .with("migrated", profile.isKeyless() ? migratedValues() : migratedRows())
                        .with("after", after(after))
                        .with("up_to", upTo)
                        .with("standing", standing("m"))
                        .with("last", last),
                this::record);
    }

    /** The condition that the batch of a row wasn't rolled back completely. */
    private SqlFragment standing(String alias) {
        return schema.sql("NOT EXISTS (SELECT 1 FROM :rollbacks r WHERE r.batch_id = " + alias
                + ".batch_id AND r.kept + r.failed = 0)");
    }

    private static SqlFragment after(Optional<MappingRowId> id) {
        return id.map(place -> sql("(m.batch_id > :batch OR (m.batch_id = :batch AND m.record_no > :record))")
                        .with("batch", place.batch())
                        .with("record", place.record()))
                .orElse(SqlFragment.TRUE);
    }

    private SqlFragment migratedRows() {
        return schema.sql("""
                SELECT m.batch_id, m.record_no, m.old_location, m.new_location, m.etag, :key,
                  CASE WHEN t.:first IS NULL THEN 'DELETED' WHEN :value = m.new_location THEN 'HELD'
                       WHEN :value = m.old_location THEN 'REVERTED' ELSE 'CHANGED' END AS reference,
                  CASE WHEN :value IN (m.new_location, m.old_location) THEN NULL
                       WHEN LENGTH(:column) BETWEEN 1 AND :longest AND :intact THEN :column END AS held
                FROM :mapping m FORCE INDEX (PRIMARY)
                LEFT JOIN :table ON :same_key
                WHERE m.outcome = 'MIGRATED'""")
                .with("key", key.list("m"))
                .with("first", name(profile.key().get(0).name()))
                .with("value", location.exact("t"))
                .with("column", location.in("t"))
                .with("longest", LONGEST_VALUE)
                .with("intact", location.intact(location.exact("t")))
                .with("table", profile.indexed())
                .with("same_key", key.join("t", "m"));
    }

    private SqlFragment migratedValues() {
        return schema.sql("""
                SELECT m.batch_id, m.record_no, m.old_location, m.new_location, m.etag, :key,
                  IF(d.v IS NULL, 'CHANGED', 'HELD') AS reference, NULL AS held
                FROM :mapping m FORCE INDEX (PRIMARY)
                LEFT JOIN (SELECT DISTINCT :value AS v FROM :table t) d ON d.v = m.new_location
                WHERE m.outcome = 'MIGRATED'""")
                .with("key", key.list("m"))
                .with("value", location.exact("t"))
                .with("table", profile.table());
    }

    @Override
    public MigratedRecord reread(MigratedRecord record) {
        return jdbc.first(
                        "reading row " + record.rowKey() + " again",
                        sql(":migrated AND :this")
                                .with("migrated", profile.isKeyless() ? migratedValues() : migratedRows())
                                .with("this", only(record.id())),
                        this::record)
                .orElseThrow(() -> new Rejected("The mapping table has lost row " + record.rowKey()
                        + " during the verification: verify again."));
    }

    @Override
    public void updateProof(MappingRowId id, String proof) {
        jdbc.update(
                "recording the proof of a repaired copy",
                schema.sql("UPDATE :mapping m SET m.etag = :etag WHERE :this AND m.outcome = 'MIGRATED'")
                        .with("etag", proof)
                        .with("this", only(id)));
    }

    private static SqlFragment only(MappingRowId id) {
        return sql("m.batch_id = :batch AND m.record_no = :record")
                .with("batch", id.batch())
                .with("record", id.record());
    }

    private MigratedRecord record(ResultSet row) throws SQLException {
        return new MigratedRecord(
                id(row),
                key.read(row),
                location.read(row, "old_location"),
                location.read(row, "new_location"),
                row.getString("etag"),
                Reference.valueOf(row.getString("reference")),
                row.getObject("held") == null ? Optional.empty() : Optional.of(location.read(row, "held")));
    }

    private static MappingRowId id(ResultSet row) throws SQLException {
        return new MappingRowId(BatchId.of(row.getBytes("batch_id")), row.getInt("record_no"));
    }
}
