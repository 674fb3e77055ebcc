package dev.rehome.catalog.mariadb.scan;

import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.KeySql;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Failures of records whose values can't be carried. They are copied inside the database, byte for byte: on the way through
 * Unicode they would become other values. Rows and total are written in one transaction.
 */
public record RefusedValues(Sql sql, MappingSchema schema, KeySql key) {
    private static final String MESSAGE =
            "The value is no text of the column's character set, so it names no object key:"
                    + " correct the row, then run again";

    /** That a record has no failure of this run with this value yet, given how the mapping {@code m} is matched. */
    String unreported(String match) {
        return "NOT EXISTS (SELECT 1 FROM " + Identifiers.table(schema.mapping()) + " m WHERE " + match
                + " AND m.run_no = ? AND m.outcome = 'FAILED')";
    }

    /**
     * Writes them.
     *
     * @param keys the key's columns, by which they are numbered
     * @param location the value
     * @param rest the query from FROM on, with {@link #unreported}
     * @param binding sets the parameters of {@code rest}
     */
    int write(BatchId batch, int run, List<String> keys, String location, String rest, Rest binding) {
        String columns = String.join(", ", keys);
        // IGNORE: in strict mode an INSERT fails over a value that it only looks at and that is no text. Nothing that
        // is written can be cut: each column has at least the room of the one that it is copied from.
        String insert = "INSERT IGNORE INTO " + Identifiers.table(schema.mapping())
                + " (batch_id, run_no, code, message, record_no, "
                + key.mappingList()
                + ", old_location, outcome, recorded_at) SELECT ?, ?, ?, ?, ROW_NUMBER() OVER (ORDER BY "
                + columns + ") - 1, " + columns + ", " + location + ", 'FAILED', UTC_TIMESTAMP(6)" + rest;
        return sql.transaction("setting aside values that are no text", connection -> {
            int written = Sql.update(connection, insert, statement -> {
                statement.setBytes(1, batch.bytes());
                statement.setInt(2, run);
                statement.setString(3, FailureCode.KEY_REFUSED.name());
                statement.setString(4, MESSAGE);
                binding.to(statement, 5);
            });
            if (written > 0) {
                Sql.update(connection, total(), statement -> {
                    statement.setBytes(1, batch.bytes());
                    statement.setInt(2, run);
                    statement.setInt(3, written);
                });
            }
            return written;
        });
    }

    private String total() {
        return "INSERT INTO " + Identifiers.table(schema.batches())
                + " (batch_id, run_no, migrated, changed, deleted, failed, applied_at)"
                + " VALUES (?, ?, 0, 0, 0, ?, UTC_TIMESTAMP(6))";
    }

    /** Sets parameters from an index on. */
    @FunctionalInterface
    interface Rest {
        void to(PreparedStatement statement, int from) throws SQLException;
    }
}
