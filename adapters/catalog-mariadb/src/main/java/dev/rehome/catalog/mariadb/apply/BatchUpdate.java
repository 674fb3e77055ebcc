package dev.rehome.catalog.mariadb.apply;

import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.BatchId;
import java.sql.Connection;
import java.sql.SQLException;

/** How a record's rows are found in the table: one row by its key, or all rows that hold its value. */
interface BatchUpdate {
    static BatchUpdate of(BatchStatements statements) {
        return statements.profile().isKeyless() ? new UpdateByValue(statements) : new UpdateByRowKey(statements);
    }

    /**
     * Updates the rows of some records, marks the records as migrated, and reads back what the rows hold. MariaDB stores a
     * value unchanged unless a {@code BEFORE UPDATE} trigger assigns another, which we may not have the right to see.
     *
     * @throws AlteredRowsException when a row doesn't hold the new location; the caller rolls back
     */
    void update(Connection connection, BatchId batch, int first, int last) throws SQLException;

    /**
     * The state of each record that the update has left as copied: columns {@code record_no} and {@code state}, which is
     * {@code DELETED}, {@code CHANGED}, {@code MIGRATED} (it held the new location already), {@code FAILED} (no room for
     * it) or {@code COPIED} (the old location came back).
     */
    SqlFragment unresolved(BatchId batch);
}
