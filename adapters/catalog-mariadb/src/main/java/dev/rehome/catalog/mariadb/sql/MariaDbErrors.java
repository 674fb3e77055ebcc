package dev.rehome.catalog.mariadb.sql;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;

/**
 * Failures of the database, classified once: worth waiting for, or not.
 *
 * <p>Numbers are MariaDB's: 1205 lock wait, 1213 deadlock, 1020 row changed since the snapshot, 1290 and 1836 read-only
 * after a failover, 1040, 1203 and 1226 too many connections, 1129 too many broken handshakes, 1053 shutdown, 1158 to 1161
 * network, 1317 and 1927 killed, 1969 statement timeout, 2006 and 2013 connection lost; 1021, 1026 and 1114 disk full, 1030
 * storage engine, 1041 and 1135 no memory or thread, 1206 no room for locks, 1412 table altered since the snapshot.
 */
public final class MariaDbErrors {
    private static final Set<Integer> TRANSIENT = Set.of(
            1020, 1021, 1026, 1030, 1040, 1041, 1053, 1114, 1129, 1135, 1158, 1159, 1160, 1161, 1203, 1205, 1206, 1213,
            1226, 1290, 1317, 1412, 1836, 1927, 1969, 2006, 2013);

    private MariaDbErrors() {}

    /** Whether waiting and repeating may help. */
    public static boolean isTransient(SQLException failure) {
        if (failure.getErrorCode() == 0 && failure.getCause() instanceof SQLException reason) {
            // The pool waited in vain for a connection: what the last attempt met decides. Only the server's own number
            // is a verdict: the driver says 42000 and no number of a pooled connection that died while nobody used it.
            return reason.getErrorCode() <= 0 || isTransient(reason);
        }
        String state = failure.getSQLState();
        // The driver's exception classes don't help: it makes a transient one of every state that it doesn't know.
        return TRANSIENT.contains(failure.getErrorCode())
                || (failure.getErrorCode() == 0 && failure instanceof SQLTransientException)
                || (state != null && (state.startsWith("08") || state.startsWith("40")));
    }

    /** Whether the server refuses user or password: MariaDB's 1045, also as the reason for which the pool waited. */
    static boolean isAccessDenied(SQLException failure) {
        return failure.getErrorCode() == 1045
                || (failure.getCause() instanceof SQLException reason && isAccessDenied(reason));
    }

    /** The failure as one of our two kinds; {@code doing} says what was tried. */
    public static RuntimeException classified(String doing, SQLException failure) {
        String message = "MariaDB, " + doing + ": " + deepest(failure);
        return isTransient(failure) ? new Unavailable(message, failure) : new Rejected(message, failure);
    }

    private static String deepest(SQLException failure) {
        Throwable cause = failure.getCause();
        boolean adds = cause != null
                && cause.getMessage() != null
                && !failure.getMessage().contains(cause.getMessage());
        return adds ? failure.getMessage() + " (" + cause.getMessage() + ")" : failure.getMessage();
    }
}
