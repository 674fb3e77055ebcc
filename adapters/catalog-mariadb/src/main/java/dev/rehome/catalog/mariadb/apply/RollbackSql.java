package dev.rehome.catalog.mariadb.apply;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.join;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingKey;
import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.BatchId;
import java.util.Collection;

/**
 * The statements of a rollback. As in the update, the mapping table {@code m} is read first, by its primary key, and the
 * table {@code t} by the scanned index. Without a usable key, a record is all rows that hold its new location.
 */
record RollbackSql(MappingSchema schema, TableProfile profile) {
    /** Gives rows their old locations back; {@code records} are those of the batch that get them. */
    SqlFragment update(BatchId batch, Collection<Integer> records) {
        return statement("""
                        UPDATE :m STRAIGHT_JOIN :t ON :same_record
                        SET :column = m.old_location :kept_timestamps
                        WHERE :migrated AND m.record_no IN (:records) AND :value = m.new_location""", batch)
                .with("same_record", sameRecord())
                .with("column", location().in("t"))
                .with("kept_timestamps", BatchUpdate.keptTimestamps(profile))
                .with("value", location().exact("t"))
                .with("records", join(", ", records, record -> sql(":record").with("record", record)));
    }

    /**
     * The states of the rows of the batch's migrated records: columns {@code record_no}, {@code old_location} and
     * {@code state}, which is {@code HELD} (the new location), {@code RESTORED} (the old one), {@code CHANGED} or
     * {@code DELETED}. The rows stay locked until the end of the transaction.
     */
    SqlFragment states(BatchId batch) {
        return profile.isKeyless() ? statesByValue(batch) : statesByRow(batch);
    }

    private SqlFragment statesByRow(BatchId batch) {
        return statement("""
                        SELECT m.record_no, m.old_location, CASE
                          WHEN t.:key_column IS NULL THEN 'DELETED'
                          WHEN :value = m.new_location THEN 'HELD'
                          WHEN :value = m.old_location THEN 'RESTORED'
                          ELSE 'CHANGED' END AS state
                        FROM :m LEFT JOIN :t ON :same_record
                        WHERE :migrated ORDER BY m.record_no FOR UPDATE""", batch)
                .with("key_column", name(profile.key().get(0).name()))
                .with("value", location().exact("t"))
                .with("same_record", sameRecord());
    }

    private SqlFragment statesByValue(BatchId batch) {
        return statement("""
                        SELECT m.record_no, m.old_location,
                          IF(n.v IS NOT NULL, 'HELD', IF(o.v IS NOT NULL, 'RESTORED', 'CHANGED')) AS state
                        FROM :m LEFT JOIN (SELECT DISTINCT :value AS v FROM :t) n ON n.v = m.new_location
                        LEFT JOIN (SELECT DISTINCT :value AS v FROM :t) o ON o.v = m.old_location
                        WHERE :migrated ORDER BY m.record_no""", batch).with("value", location().exact("t"));
    }

    private SqlFragment statement(String text, BatchId batch) {
        return sql(text)
                .with("m", schema.sql(":mapping m FORCE INDEX (PRIMARY)"))
                .with("t", profile.indexed())
                .with(
                        "migrated",
                        sql("m.batch_id = :batch AND m.outcome = 'MIGRATED'").with("batch", batch));
    }

    private SqlFragment sameRecord() {
        return profile.isKeyless()
                ? sql(":value = m.new_location").with("value", location().exact("t"))
                : new MappingKey(profile.key()).join("t", "m");
    }

    private LocationSql location() {
        return new LocationSql(profile.column());
    }
}
