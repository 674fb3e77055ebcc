package dev.rehome.catalog.mariadb.sql;

import java.time.Duration;

/**
 * The variables that every session sets before its first statement. A server's administrator may have changed the defaults
 * of any of them; after these statements ours mean the same on every server, and the same rows are read and written.
 *
 * <p>sql_mode is set by a statement of its own that every mode parses the same way, so that the rest is parsed in a known
 * mode. Variables that only MariaDB 10.6 has are in a comment that other servers ignore: the preflight can connect to
 * them and name their version.
 */
final class SessionVariables {
    /** Strict, so that MariaDB never cuts a value silently. */
    private static final String SQL_MODE =
            "SET sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'";

    /** Under REPEATABLE READ the gap locks of the bulk update would block the application's inserts. */
    private static final String TRANSACTIONS = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE";

    // Variable by variable, where the default of some servers would do harm:
    // time_zone: keys are read as text, and in a zone with summer time two TIMESTAMPs of one night have the same text.
    // sql_select_limit would cut the windows of the scan; sql_safe_updates and sql_big_selects refuse statements.
    // innodb_lock_wait_timeout is short so that we give way to the application.
    // max_sort_length: distinct values are read in their order, which MariaDB takes from their first 1,024 bytes only.
    // idle_transaction_timeout: the locks of a process that froze, or whose machine is gone, would hold up the
    // application.
    // system_versioning_asof would read the past of a table with history.
    private static final String ALL_SERVERS = """
            SET NAMES utf8mb4 COLLATE utf8mb4_general_ci,
              autocommit = 1, completion_type = 'NO_CHAIN', time_zone = '+00:00',
              sql_safe_updates = 0, sql_select_limit = 18446744073709551615, sql_big_selects = 1, sql_auto_is_null = 0,
              unique_checks = 1, foreign_key_checks = 1, max_sort_length = 8192, sort_buffer_size = 2097152,
              innodb_lock_wait_timeout = 2, lock_wait_timeout = 5,
              wait_timeout = %d, net_read_timeout = %d, net_write_timeout = %2$d""";

    private static final String MARIADB = """

              /*M!100600 , check_constraint_checks = 1, innodb_strict_mode = 1, old_mode = '', default_regex_flags = '',
              system_versioning_asof = DEFAULT, max_statement_time = %d,
              idle_transaction_timeout = 5, idle_readonly_transaction_timeout = 0, idle_write_transaction_timeout = 0,
              tmp_disk_table_size = 18446744073709551615, max_session_mem_used = 9223372036854775807 */""";

    private SessionVariables() {}

    /**
     * The statements, with semicolons between them.
     *
     * @param idle the server closes a connection without statements after this time, and releases its locks
     * @param limit the server cancels a statement after this time, when its client stops waiting for it
     */
    static String statements(Duration idle, Duration limit) {
        return String.join(
                ";",
                SQL_MODE,
                TRANSACTIONS,
                ALL_SERVERS.formatted(idle.toSeconds(), limit.toSeconds()) + MARIADB.formatted(limit.toSeconds()));
    }
}
