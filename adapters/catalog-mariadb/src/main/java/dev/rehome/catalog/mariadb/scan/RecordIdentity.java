package dev.rehome.catalog.mariadb.scan;

import dev.rehome.catalog.mariadb.ledger.MappingKey;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.RowKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Identifies records: as rows by their keys, or as distinct values of the column with all rows that hold them. Queries of a
 * window read its records as the derived table {@code d}, which has the location as {@code v}.
 */
public sealed interface RecordIdentity permits ByRowKey, ByValue {
    /** The identity of a table's records, read in windows of this many rows or values. */
    static RecordIdentity of(JdbcRunner jdbc, TableProfile profile, int rows) {
        return profile.isKeyless() ? new ByValue(profile, rows) : new ByRowKey(jdbc, profile, rows);
    }

    /**
     * A part of the table, in key order.
     *
     * @param after begins after this key; empty for the start of the table
     * @param end ends with this key; empty when that isn't known before the window is read
     * @param limit how many records at most, where the end isn't known
     */
    record Window(Optional<RowKey> after, Optional<RowKey> end, OptionalInt limit) {
        static Window between(Optional<RowKey> after, RowKey end) {
            return new Window(after, Optional.of(end), OptionalInt.empty());
        }
    }

    /** The window after a key; empty when no row follows. */
    Optional<Window> window(Optional<RowKey> after);

    /** The window after a key for a query that only counts; without an end it covers the rest of the table. */
    Optional<Window> countedWindow(Optional<RowKey> after);

    /**
     * The query of a window's records.
     *
     * @param join the join with the table {@code t}
     * @param columns further columns, each with a comma before it
     * @param condition the condition on a row
     */
    SqlFragment records(Window window, SqlFragment join, SqlFragment columns, SqlFragment condition);

    /** The columns of the mapping table that hold the row key. */
    MappingKey mappingKey();

    /** The row key's columns in {@code d}, which also give the order of records. */
    SqlFragment keys();

    /** Reads the row key from a row of {@code d}. */
    RowKey readKey(ResultSet row) throws SQLException;

    /** The condition that an outcome {@code m} of the mapping table is of a record {@code d} with its present location. */
    SqlFragment sameRecord();

    /** A condition that every outcome {@code m} meets whose record is in the window; read by the index {@code by_record}. */
    SqlFragment outcomeIn(Window window);

    /** A join of {@code m} that leaves out outcomes whose row is known not to hold the new location any more. */
    SqlFragment holder();
}
