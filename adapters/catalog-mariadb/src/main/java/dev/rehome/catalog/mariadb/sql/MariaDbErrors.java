package dev.rehome.catalog.mariadb.sql;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;

/**
 * Classifies the database's failures once, where they enter: retryable or permanent.
 *
 * <p>Numbers are MariaDB's: 1205 lock wait, 1213 deadlock, 1020 row changed since the snapshot, 1290 and 1836 read-only
 * after a failover, 1040, 1203 and 1226 too many connections, 1129 too many broken handshakes, 1053 shutdown, 1158 to 1161
 * network, 1317 and 1927 killed, 1969 statement timeout, 2006 and 2013 connection lost; 1021, 1026 and 1114 disk full, 1030
 * storage engine, 1041 and 1135 no memory or thread, 1206 no room for locks, 1412 table altered since the snapshot.
 */
public final class MariaDbErrors {
    private static final Set<Integer> RETRYABLE = Set.of(
            1020, 1021, 1026, 1030, 1040, 1041, 1053, 1114, 1129, 1135, 1158, 1159, 1160, 1161, 1203, 1205, 1206, 1213,
            1226, 1290, 1317, 1412, 1836, 1927, 1969, 2006, 2013);

    private static final int ACCESS_DENIED = 1045;
    /** The statement is larger than max_allowed_packet; repeating it can't help, although the state says 08S01. */
    private static final int PACKET_TOO_LARGE = 1153;

    private static final int WRONG_VALUE_FOR_VARIABLE = 1231;

    private static final int DUPLICATE_KEY = 1062;

    private static final int NO_MORE_PREPARED_STATEMENTS = 1461;

    private MariaDbErrors() {}

    /** Whether repeating the work later may succeed. */
    public static boolean isTransient(SQLException failure) {
        // The pool and the driver wrap failures. The server's own number decides wherever there is one: the driver
        // reports a rejected initial statement as a lost connection, and a pooled connection that died as 42000.
        SQLException decisive = ofServer(failure).orElse(failure);
        Throwable cause = decisive.getCause();
        boolean ofClient = decisive instanceof SQLTransientException
                || cause instanceof SQLException
                // The process stops, and the thread waited for a connection of the pool.
                || cause instanceof InterruptedException;
        if (decisive.getErrorCode() <= 0 && ofClient) {
            return true;
        }
        String state = decisive.getSQLState();
        // The driver makes a transient exception of every state that it doesn't know, so the class decides nothing
        // where the server gave a number.
        return RETRYABLE.contains(decisive.getErrorCode())
                || (decisive.getErrorCode() != PACKET_TOO_LARGE
                        && state != null
                        && (state.startsWith("08") || state.startsWith("40")));
    }

    /** Whether the server rejected user or password. */
    static boolean isAccessDenied(SQLException failure) {
        return ofServer(failure)
                .filter(each -> each.getErrorCode() == ACCESS_DENIED)
                .isPresent();
    }

    /**
     * Whether an INSERT in bulk may succeed as an ordinary one that leaves existing rows alone: a row exists, or the server
     * prepares no more statements.
     */
    public static boolean permitsOrdinaryInsert(SQLException failure) {
        return failure.getErrorCode() == DUPLICATE_KEY || failure.getErrorCode() == NO_MORE_PREPARED_STATEMENTS;
    }

    /** The first exception in the chain that has a number of the server's. */
    private static Optional<SQLException> ofServer(Throwable failure) {
        if (failure instanceof SQLException sql && sql.getErrorCode() > 0) {
            return Optional.of(sql);
        }
        return failure == null ? Optional.empty() : ofServer(failure.getCause());
    }

    /** The failure as {@link Unavailable} or {@link Rejected}; {@code operation} names the work in the message. */
    public static RuntimeException classified(String operation, SQLException failure) {
        String message = "MariaDB, " + operation + ": " + deepest(failure) + advice(failure);
        return isTransient(failure) ? new Unavailable(message, failure) : new Rejected(message, failure);
    }

    private static String advice(SQLException failure) {
        return switch (ofServer(failure).map(SQLException::getErrorCode).orElse(0)) {
            case ACCESS_DENIED ->
                ". Check DB_USER and its password. A server that demands TLS (require_secure_transport,"
                        + " REQUIRE SSL) reports the same when DATABASE_TLS is disable";
            case PACKET_TOO_LARGE -> ". Raise max_allowed_packet on the server, to 16M for example";
            case WRONG_VALUE_FOR_VARIABLE ->
                ". MariaDB Connector/J can't initialize a session when the global sql_mode"
                        + " contains EMPTY_STRING_IS_NULL: remove it, or set init_connect to clear sql_mode for DB_USER";
            default -> "";
        };
    }

    private static String deepest(SQLException failure) {
        Throwable cause = failure.getCause();
        boolean adds = cause != null
                && cause.getMessage() != null
                && !failure.getMessage().contains(cause.getMessage());
        return adds ? failure.getMessage() + " (" + cause.getMessage() + ")" : failure.getMessage();
    }
}
