package dev.rehome.catalog.mariadb.apply;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingKey;
import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.BatchId;

/**
 * The parts of a batch's statements, for the table {@code t} and the mapping table {@code m}. The mapping table is read
 * first, by its primary key, and the table by the scanned index: fresh tables have poor statistics, and without the hints
 * the optimizer may read, and lock, a whole table.
 */
record BatchStatements(MappingSchema schema, TableProfile profile) {
    /** Moves the rows of some records and marks the records, both in one statement. */
    SqlFragment update(BatchId batch, int first, int last) {
        return filled("""
                UPDATE :m STRAIGHT_JOIN :t ON :same_record
                SET :column = m.new_location, :kept_timestamps m.outcome = 'MIGRATED'
                WHERE m.batch_id = :batch AND m.record_no BETWEEN :first AND :last AND m.outcome = 'COPIED'
                AND :value = m.old_location AND :fits""")
                .with("same_record", sameRecord())
                .with("column", location().in("t"))
                .with("kept_timestamps", keptTimestamps())
                .with("batch", batch)
                .with("first", first)
                .with("last", last)
                .with("value", value())
                .with("fits", fits());
    }

    /** SQL in which {@code :m} and {@code :t} are the two tables. */
    SqlFragment filled(String text) {
        return sql(text)
                .with("m", sql(":mapping m FORCE INDEX (PRIMARY)").with("mapping", schema.mapping()))
                .with("t", scanned());
    }

    private SqlFragment scanned() {
        return profile.isKeyless()
                ? sql(":table t").with("table", profile.table())
                : sql(":table t FORCE INDEX (:index)")
                        .with("table", profile.table())
                        .with("index", name(profile.keyName()));
    }

    /** That a row of the table is the record's. */
    SqlFragment sameRecord() {
        return new MappingKey(profile.key()).join("t", "m");
    }

    /** The row's location, compared byte for byte. */
    SqlFragment value() {
        return location().exact("t");
    }

    /** That the column can hold the new location as it is. */
    SqlFragment fits() {
        return sql("(:fits)").with("fits", location().fits(sql("m.new_location")));
    }

    LocationSql location() {
        return new LocationSql(profile.column());
    }

    private SqlFragment keptTimestamps() {
        return SqlFragment.join(
                "",
                profile.keptTimestamps().stream()
                        .map(column -> sql("t.:column = t.:column,").with("column", name(column)))
                        .toList());
    }
}
