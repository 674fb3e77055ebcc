package dev.rehome.catalog.mariadb;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A server on which every variable that could change our statements, or reject them, is unusual. */
final class UnusualServer {
    /** The schemas of the annotated test class are on such a server. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Required {}

    /** Variables that can be set only when the server starts. */
    private static final List<String> OPTIONS = List.of(
            "--lower-case-table-names=1", "--skip-character-set-client-handshake", "--innodb-rollback-on-timeout=1");

    /** Global variables; the last one changes how the others would be parsed. */
    private static final String VARIABLES = """
            sql_safe_updates = 1
            sql_select_limit = 2
            max_join_size = 5
            sql_auto_is_null = 1
            sql_buffer_result = 1
            autocommit = 0
            completion_type = 'RELEASE'
            tx_read_only = 1
            tx_isolation = 'SERIALIZABLE'
            max_statement_time = 0.5
            idle_transaction_timeout = 1
            idle_write_transaction_timeout = 1
            idle_readonly_transaction_timeout = 1
            lock_wait_timeout = 1
            innodb_lock_wait_timeout = 1
            innodb_deadlock_detect = 0
            wait_timeout = 2
            net_read_timeout = 1
            net_write_timeout = 1
            max_allowed_packet = 65536
            max_session_mem_used = 2097152
            max_sort_length = 64
            sort_buffer_size = 1024
            tmp_table_size = 1024
            max_heap_table_size = 16384
            tmp_disk_table_size = 16384
            big_tables = 1
            join_cache_level = 8
            group_concat_max_len = 4
            div_precision_increment = 0
            use_stat_tables = NEVER
            optimizer_use_condition_selectivity = 1
            in_predicate_conversion_threshold = 0
            optimizer_switch = 'derived_merge=off,derived_with_keys=off,index_condition_pushdown=off,mrr=on,mrr_cost_based=off'
            query_cache_type = 1
            low_priority_updates = 1
            character_set_server = latin1
            collation_server = latin1_german2_ci
            character_set_client = latin1
            collation_connection = latin1_german2_ci
            character_set_results = latin1
            default_regex_flags = 'EXTENDED,DOTALL,EXTRA'
            time_zone = '+05:30'
            explicit_defaults_for_timestamp = 0
            system_versioning_asof = '2001-01-01 00:00:00'
            unique_checks = 0
            foreign_key_checks = 0
            check_constraint_checks = 0
            innodb_strict_mode = 0
            innodb_default_row_format = compact
            innodb_compression_default = 1
            default_storage_engine = Aria
            old_mode = 'NO_DUP_KEY_WARNINGS_WITH_IGNORE,ZERO_DATE_TIME_CAST'
            binlog_format = MIXED
            max_prepared_stmt_count = 0
            lc_messages = de_DE
            sql_notes = 0
            max_error_count = 0
            sql_mode = 'ORACLE,EMPTY_STRING_IS_NULL,NO_BACKSLASH_ESCAPES,HIGH_NOT_PRECEDENCE,PAD_CHAR_TO_FULL_LENGTH,\
            NO_UNSIGNED_SUBTRACTION,ONLY_FULL_GROUP_BY,TIME_ROUND_FRACTIONAL'
            """;

    private UnusualServer() {}

    static MariaDbServer start() {
        MariaDbServer server = MariaDbServer.start(OPTIONS);
        try (Connection root = DriverManager.getConnection(server.jdbcUrl(), server.rootUser(), server.rootPassword());
                Statement statement = root.createStatement()) {
            for (String variable : VARIABLES.lines().toList()) {
                statement.execute("SET GLOBAL " + variable);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return server;
    }
}
