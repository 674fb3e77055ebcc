package dev.rehome.catalog.mariadb.apply;

import dev.rehome.catalog.mariadb.sql.MariaDbErrors;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.batch.FailureCode;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Decides which errors of the update a single row may have caused. */
final class RowErrors {
    /** Rows hold another value after the update than the one that was written. */
    static final class AlteredRowsException extends SQLException {
        private static final long serialVersionUID = 1;

        private final transient List<Altered> records;

        /** {@code records}: those whose rows hold another value; empty when they can't be identified one by one. */
        AlteredRowsException(String message, List<Altered> records) {
            super(message);
            this.records = List.copyOf(records);
        }

        List<Altered> records() {
            return records;
        }
    }

    /** A record whose row holds another value, which the message names; by its number in the batch. */
    record Altered(int record, String message) {}

    /** Duplicate entry; duplicate entry through a foreign key (two variants); duplicate entry with the key's name. */
    private static final Set<Integer> DUPLICATE = Set.of(1062, 1761, 1762, 1586);

    private static final int DATA_TOO_LONG = 1406;
    /** The binary log has no room for the transaction: a smaller part of it would fit, so no row is to blame. */
    private static final int BINLOG_CACHE_FULL = 1197;

    private RowErrors() {}

    /** Whether the error may go away when fewer rows are updated: true for every permanent error, with any number. */
    static boolean mayConcernOneRow(SQLException error) {
        return alwaysConcernsARow(error)
                || (error.getErrorCode() != BINLOG_CACHE_FULL && !MariaDbErrors.isTransient(error));
    }

    /**
     * Whether only a row can cause the error, even if it occurs with each row: data exceptions (class 22), integrity
     * constraints (23), and SIGNAL (45), which may carry any error number.
     */
    static boolean alwaysConcernsARow(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return error instanceof AlteredRowsException
                || state.startsWith("22")
                || state.startsWith("23")
                || state.startsWith("45");
    }

    /** The code of a record that fails with the error. */
    static FailureCode code(SQLException error) {
        if (error instanceof AlteredRowsException) {
            return FailureCode.VALUE_ALTERED;
        }
        if (DUPLICATE.contains(error.getErrorCode())) {
            return FailureCode.UNIQUE_COLLISION;
        }
        return error.getErrorCode() == DATA_TOO_LONG ? FailureCode.VALUE_TOO_LONG : FailureCode.REJECTED;
    }

    /** The message of a record that fails with the error. */
    static String message(SQLException error) {
        return error instanceof AlteredRowsException
                ? error.getMessage()
                : "MariaDB rejected the UPDATE of the row with error " + error.getErrorCode() + ": "
                        + error.getMessage();
    }

    /** The message of a failed record whose row holds another value. */
    static String altered(String found, TableName table) {
        return found + ", so the UPDATE was rolled back. A BEFORE UPDATE trigger on " + table
                + " is the likely cause: look with SHOW TRIGGERS as an administrator";
    }
}
