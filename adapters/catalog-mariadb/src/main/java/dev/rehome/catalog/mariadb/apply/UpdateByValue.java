package dev.rehome.catalog.mariadb.apply;

import dev.rehome.catalog.mariadb.apply.RowErrors.AlteredRowsException;
import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.BatchId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A record is a distinct value, with all rows that hold it. Each statement reads the whole table. */
final class UpdateByValue extends BatchUpdate {
    /** Records that are marked as migrated, and rows that hold a new location. */
    private record Counts(long migrated, long holders) {}

    UpdateByValue(MappingSchema schema, TableProfile profile) {
        super(schema, profile);
    }

    @Override
    void update(Connection connection, BatchId batch, int first, int last) throws SQLException {
        Counts before = count(connection, batch, first, last);
        // The driver reports the rows that were found, in both tables.
        long found = JdbcRunner.update(connection, statement(batch, first, last));
        Counts after = count(connection, batch, first, last);
        long updated = found - (after.migrated() - before.migrated());
        long holding = after.holders() - before.holders();
        if (holding < updated) {
            String counted = "After the UPDATE, only " + Math.max(0, holding) + " of " + updated
                    + " rows held their new location";
            throw new AlteredRowsException(RowErrors.altered(counted, profile.table()), List.of());
        }
    }

    private Counts count(Connection connection, BatchId batch, int first, int last) throws SQLException {
        SqlFragment query = records("""
                        SELECT COUNT(DISTINCT IF(m.outcome = 'MIGRATED', m.record_no, NULL)) AS migrated,
                               COUNT(:column) AS holders
                        FROM :m LEFT JOIN :t ON :value = m.new_location
                        WHERE :records AND m.outcome IN ('COPIED', 'MIGRATED')""", batch, first, last)
                .with("column", location.in("t"))
                .with("value", location.exact("t"));
        return JdbcRunner.list(connection, query, row -> new Counts(row.getLong("migrated"), row.getLong("holders")))
                .get(0);
    }

    /** A value that no row holds any more counts as changed: without a key, a deleted row looks the same. */
    @Override
    SqlFragment unresolved(BatchId batch) {
        return filled("""
                        SELECT DISTINCT m.record_no,
                               IF(:column IS NULL, 'CHANGED', IF(:fits, 'COPIED', 'FAILED')) AS state
                        FROM :m LEFT JOIN :t ON :same_record AND :value = m.old_location
                        WHERE m.batch_id = :batch AND m.outcome = 'COPIED'""")
                .with("column", location.in("t"))
                .with("fits", fits())
                .with("same_record", sameRecord())
                .with("value", location.exact("t"))
                .with("batch", batch);
    }
}
