package dev.rehome.catalog.mariadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MariaDbErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "deadlock, 40001, 1213",
        "lock wait, HY000, 1205",
        "row changed since the snapshot, HY000, 1020",
        "connection lost, 08S01, 0",
        "server gone, HY000, 2006",
        "too many connections, 08004, 1040",
        "too many of one user, 42000, 1226",
        "read-only after a failover, HY000, 1290",
        "shutdown, 08S01, 1053",
        "killed, 70100, 1927",
        "disk full, HY000, 1114",
        "host blocked, HY000, 1129",
        "query killed, 70100, 1317",
        "statement timeout, 70100, 1969"
    })
    void retryableErrorsAreUnavailable(String what, String state, int code) {
        SQLException failure = new SQLException(what, state, code);
        assertThat(MariaDbErrors.classified("trying", failure))
                .isInstanceOf(Unavailable.class)
                .hasMessage("MariaDB, trying: " + what)
                .hasCause(failure);
    }

    @ParameterizedTest
    @CsvSource({
        "access denied, 28000, 1045",
        "no such table, 42S02, 1146",
        "duplicate, 23000, 1062",
        "too long, 22001, 1406",
        "SIGNAL of a trigger, 45000, 1644",
        "packet too large, 08S01, 1153",
        "statement binlog, HY000, 1665",
        "missing right, 42000, 1142"
    })
    void permanentErrorsAreRejected(String what, String state, int code) {
        // The driver makes a transient exception of every state that it doesn't know.
        SQLException failure = new SQLTransientConnectionException(what, state, code);
        assertThat(MariaDbErrors.classified("trying", failure)).isInstanceOf(Rejected.class);
    }

    @Test
    void borrowTimeoutIsClassifiedByTheLastConnectionFailure() {
        assertThat(borrowTimeout(new SQLException("denied", "28000", 1045)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("(denied)");
        assertThat(borrowTimeout(new SQLException("refused", "08000", 0))).isInstanceOf(Unavailable.class);
        assertThat(borrowTimeout(new SQLException("called on a closed connection", "42000", -1)))
                .isInstanceOf(Unavailable.class);
        assertThat(borrowTimeout(null)).isInstanceOf(Unavailable.class);
    }

    /** Otherwise a consumer that is stopped while all connections are in use would report a failure. */
    @Test
    void interruptedWaitForAConnectionIsUnavailable() {
        SQLException interrupted =
                new SQLException("Interrupted during connection acquisition", new InterruptedException());
        assertThat(MariaDbErrors.classified("trying", interrupted)).isInstanceOf(Unavailable.class);
    }

    /** Otherwise a start would repeat an initial statement that never succeeds. */
    @Test
    void rejectedInitialStatementIsPermanentAndSaysWhatToDo() {
        SQLException server = new SQLException("can't be set to the value of 'NULL'", "42000", 1231);
        SQLException driver = new SQLException("Initialization command fail", "08000", -1, server);
        assertThat(MariaDbErrors.classified("connecting", driver))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("EMPTY_STRING_IS_NULL");
    }

    private static RuntimeException borrowTimeout(SQLException met) {
        // The pool repeats state and number of the last failure that it met.
        String state = met == null ? null : met.getSQLState();
        int number = met == null ? 0 : met.getErrorCode();
        return MariaDbErrors.classified("trying", new SQLTransientConnectionException("timed out", state, number, met));
    }
}
