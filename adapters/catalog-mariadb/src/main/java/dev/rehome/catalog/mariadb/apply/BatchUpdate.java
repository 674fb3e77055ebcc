package dev.rehome.catalog.mariadb.apply;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingKey;
import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.BatchId;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The update of a batch's rows in the table {@code t}, joined from the mapping table {@code m}. How a record's rows are
 * found is left to the subclasses: one row by its key, or all rows that hold its value.
 *
 * <p>The mapping table is read first, by its primary key, and the table by the scanned index: fresh tables have poor
 * statistics, and without the hints the optimizer may read, and lock, a whole table.
 */
abstract class BatchUpdate {
    final TableProfile profile;
    final MappingKey key;
    final LocationSql location;
    private final MappingSchema schema;

    BatchUpdate(MappingSchema schema, TableProfile profile) {
        this.schema = schema;
        this.profile = profile;
        this.key = new MappingKey(profile.key());
        this.location = new LocationSql(profile.column());
    }

    static BatchUpdate of(MappingSchema schema, TableProfile profile) {
        return profile.isKeyless() ? new UpdateByValue(schema, profile) : new UpdateByRowKey(schema, profile);
    }

    /**
     * Updates the rows of some records, marks the records as migrated, and reads back what the rows hold. MariaDB stores a
     * value unchanged unless a {@code BEFORE UPDATE} trigger assigns another, which we may not have the right to see.
     *
     * @throws AlteredRowsException when a row doesn't hold the new location; the caller rolls back
     */
    abstract void update(Connection connection, BatchId batch, int first, int last) throws SQLException;

    /**
     * The state of each record that the update has left as copied: columns {@code record_no} and {@code state}, which is
     * {@code DELETED}, {@code CHANGED}, {@code MIGRATED} (it held the new location already), {@code FAILED} (no room for
     * it) or {@code COPIED} (the old location came back).
     */
    abstract SqlFragment unresolved(BatchId batch);

    /** Updates the rows of some records and marks the records, both in one statement. */
    SqlFragment statement(BatchId batch, int first, int last) {
        return records("""
                        UPDATE :m STRAIGHT_JOIN :t ON :same_record
                        SET :column = m.new_location, m.outcome = 'MIGRATED' :kept_timestamps
                        WHERE :records AND m.outcome = 'COPIED' AND :value = m.old_location AND :fits""", batch, first, last)
                .with("same_record", sameRecord())
                .with("column", location.in("t"))
                .with("kept_timestamps", keptTimestamps(profile))
                .with("value", location.exact("t"))
                .with("fits", fits());
    }

    /** SQL in which {@code :m} and {@code :t} are the two tables. */
    SqlFragment filled(String text) {
        return sql(text)
                .with("m", schema.sql(":mapping m FORCE INDEX (PRIMARY)"))
                .with("t", profile.indexed());
    }

    /** The same, in which {@code :records} selects some records of a batch. */
    SqlFragment records(String text, BatchId batch, int first, int last) {
        SqlFragment records = sql("m.batch_id = :batch AND m.record_no BETWEEN :first AND :last")
                .with("batch", batch)
                .with("first", first)
                .with("last", last);
        return filled(text).with("records", records);
    }

    /** The condition that a row of the table belongs to the record. */
    SqlFragment sameRecord() {
        return key.join("t", "m");
    }

    /** The condition that the column can hold the new location unchanged. */
    SqlFragment fits() {
        return sql("(:fits)").with("fits", location.fits(sql("m.new_location")));
    }

    /** Assignments, each with a comma before it, that keep MariaDB from setting timestamps to the current time. */
    static SqlFragment keptTimestamps(TableProfile profile) {
        return SqlFragment.join(
                "",
                profile.keptTimestamps(),
                column -> sql(", t.:column = t.:column").with("column", name(column)));
    }
}
