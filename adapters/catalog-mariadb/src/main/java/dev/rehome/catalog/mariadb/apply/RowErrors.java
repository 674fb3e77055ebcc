package dev.rehome.catalog.mariadb.apply;

import dev.rehome.catalog.mariadb.sql.MariaDbErrors;
import dev.rehome.common.batch.FailureCode;
import java.sql.SQLException;
import java.util.Set;

/** Which errors of the update may be the fault of a single row. */
final class RowErrors {
    /** Duplicate entry; duplicate entry through a foreign key (two variants); duplicate entry with the key's name. */
    private static final Set<Integer> DUPLICATE = Set.of(1062, 1761, 1762, 1586);

    private static final int DATA_TOO_LONG = 1406;
    /** The binary log has no room for the transaction: a smaller part of it would fit, so no row is to blame. */
    private static final int BINLOG_CACHE_FULL = 1197;

    private RowErrors() {}

    /** Whether the error may go away when fewer rows are updated: every permanent one, whatever its number is. */
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
}
