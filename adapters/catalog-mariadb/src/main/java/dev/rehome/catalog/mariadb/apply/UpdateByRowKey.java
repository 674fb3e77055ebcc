package dev.rehome.catalog.mariadb.apply;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;

import dev.rehome.catalog.mariadb.apply.RowErrors.Altered;
import dev.rehome.catalog.mariadb.apply.RowErrors.AlteredRowsException;
import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.BatchId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A record is the row with its key. */
final class UpdateByRowKey extends BatchUpdate {
    UpdateByRowKey(MappingSchema schema, TableProfile profile) {
        super(schema, profile);
    }

    @Override
    void update(Connection connection, BatchId batch, int first, int last) throws SQLException {
        JdbcRunner.update(connection, statement(batch, first, last));
        // The update has locked the rows until the end of the transaction, so this read is exact.
        List<Altered> altered = JdbcRunner.list(connection, altered(batch, first, last), this::altered);
        if (!altered.isEmpty()) {
            throw new AlteredRowsException(altered.get(0).message(), altered);
        }
    }

    private SqlFragment altered(BatchId batch, int first, int last) {
        return records("""
                        SELECT m.record_no, :key, m.new_location, :column AS held
                        FROM :m LEFT JOIN :t ON :same_record
                        WHERE :records AND m.outcome = 'MIGRATED' AND (:value = m.new_location) IS NOT TRUE""", batch, first, last)
                .with("key", key.list("m"))
                .with("column", location.in("t"))
                .with("same_record", sameRecord())
                .with("value", location.exact("t"));
    }

    private Altered altered(ResultSet row) throws SQLException {
        String held = row.getString("held");
        String found = "After the UPDATE, row " + key.read(row) + " held " + (held == null ? "NULL" : "'" + held + "'")
                + " instead of '" + row.getString("new_location") + "'";
        return new Altered(row.getInt("record_no"), RowErrors.altered(found, profile.table()));
    }

    @Override
    SqlFragment unresolved(BatchId batch) {
        return filled("""
                        SELECT m.record_no, CASE
                          WHEN t.:key_column IS NULL THEN 'DELETED'
                          WHEN :value = m.new_location THEN 'MIGRATED'
                          WHEN :value = m.old_location THEN IF(:fits, 'COPIED', 'FAILED')
                          ELSE 'CHANGED' END AS state
                        FROM :m LEFT JOIN :t ON :same_record
                        WHERE m.batch_id = :batch AND m.outcome = 'COPIED'""")
                .with("key_column", name(key.columns().get(0).name()))
                .with("value", location.exact("t"))
                .with("fits", fits())
                .with("same_record", sameRecord())
                .with("batch", batch);
    }
}
