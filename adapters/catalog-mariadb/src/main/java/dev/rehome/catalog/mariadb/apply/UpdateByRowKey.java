package dev.rehome.catalog.mariadb.apply;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;

import dev.rehome.catalog.mariadb.apply.AlteredRowsException.Altered;
import dev.rehome.catalog.mariadb.ledger.MappingKey;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.BatchId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A record is the row with its key. */
record UpdateByRowKey(BatchStatements statements) implements BatchUpdate {
    @Override
    public void update(Connection connection, BatchId batch, int first, int last) throws SQLException {
        JdbcRunner.update(connection, statements.update(batch, first, last));
        // The update has locked the rows until the end of the transaction, so this look at them is exact.
        List<Altered> altered = JdbcRunner.list(connection, altered(batch, first, last), this::altered);
        if (!altered.isEmpty()) {
            throw AlteredRowsException.of(altered);
        }
    }

    private SqlFragment altered(BatchId batch, int first, int last) {
        return statements
                .filled("""
                        SELECT m.record_no, :key, m.new_location, :column AS held
                        FROM :m LEFT JOIN :t ON :same_record
                        WHERE m.batch_id = :batch AND m.record_no BETWEEN :first AND :last AND m.outcome = 'MIGRATED'
                        AND (:value = m.new_location) IS NOT TRUE""")
                .with("key", key().list("m"))
                .with("column", statements.location().in("t"))
                .with("same_record", statements.sameRecord())
                .with("batch", batch)
                .with("first", first)
                .with("last", last)
                .with("value", statements.value());
    }

    private Altered altered(ResultSet row) throws SQLException {
        String held = row.getString("held");
        String found = "After the UPDATE, row " + key().read(row) + " held "
                + (held == null ? "NULL" : "'" + held + "'") + " instead of '" + row.getString("new_location") + "'";
        return new Altered(
                row.getInt("record_no"),
                AlteredRowsException.message(found, statements.profile().table()));
    }

    @Override
    public SqlFragment unresolved(BatchId batch) {
        return statements
                .filled("""
                        SELECT m.record_no, CASE
                          WHEN t.:key_column IS NULL THEN 'DELETED'
                          WHEN :value = m.new_location THEN 'MIGRATED'
                          WHEN :value = m.old_location THEN IF(:fits, 'COPIED', 'FAILED')
                          ELSE 'CHANGED' END AS state
                        FROM :m LEFT JOIN :t ON :same_record
                        WHERE m.batch_id = :batch AND m.outcome = 'COPIED'""")
                .with("key_column", name(key().columns().get(0).name()))
                .with("value", statements.value())
                .with("fits", statements.fits())
                .with("same_record", statements.sameRecord())
                .with("batch", batch);
    }

    private MappingKey key() {
        return new MappingKey(statements.profile().key());
    }
}
