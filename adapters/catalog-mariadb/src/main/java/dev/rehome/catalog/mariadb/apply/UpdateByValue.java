package dev.rehome.catalog.mariadb.apply;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.BatchId;
import java.sql.Connection;
import java.sql.SQLException;

/** A record is a distinct value, with all rows that hold it. Each statement reads the whole table. */
record UpdateByValue(BatchStatements statements) implements BatchUpdate {
    /** Records that are marked as migrated, and rows that hold a new location. */
    private record Counts(long migrated, long holders) {}

    @Override
    public void update(Connection connection, BatchId batch, int first, int last) throws SQLException {
        Counts before = count(connection, batch, first, last);
        // The driver reports the rows that were found, in both tables.
        long found = JdbcRunner.update(connection, statements.update(batch, first, last));
        Counts after = count(connection, batch, first, last);
        long updated = found - (after.migrated() - before.migrated());
        long holding = after.holders() - before.holders();
        if (holding < updated) {
            throw AlteredRowsException.unknown(AlteredRowsException.message(
                    "After the UPDATE, only " + Math.max(0, holding) + " of " + updated
                            + " rows held their new location",
                    statements.profile().table()));
        }
    }

    private Counts count(Connection connection, BatchId batch, int first, int last) throws SQLException {
        return JdbcRunner.list(
                        connection,
                        statements
                                .filled("""
                                        SELECT COUNT(DISTINCT IF(m.outcome = 'MIGRATED', m.record_no, NULL)) AS migrated,
                                               COUNT(:column) AS holders
                                        FROM :m LEFT JOIN :t ON :value = m.new_location
                                        WHERE m.batch_id = :batch AND m.record_no BETWEEN :first AND :last
                                        AND m.outcome IN ('COPIED', 'MIGRATED')""")
                                .with("column", statements.location().in("t"))
                                .with("value", statements.value())
                                .with("batch", batch)
                                .with("first", first)
                                .with("last", last),
                        row -> new Counts(row.getLong("migrated"), row.getLong("holders")))
                .get(0);
    }

    /** A value that no row holds any more counts as changed: without a key, a deleted row looks the same. */
    @Override
    public SqlFragment unresolved(BatchId batch) {
        return statements
                .filled("""
                        SELECT DISTINCT m.record_no,
                               IF(:column IS NULL, 'CHANGED', IF(:fits, 'COPIED', 'FAILED')) AS state
                        FROM :m LEFT JOIN :t ON :same_record AND :value = m.old_location
                        WHERE m.batch_id = :batch AND m.outcome = 'COPIED'""")
                .with("column", statements.location().in("t"))
                .with("fits", statements.fits())
                .with("same_record", statements.sameRecord())
                .with("value", statements.value())
                .with("batch", batch);
    }
}
