package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.TestBatches;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A schema of the live application, and the application itself: a connection with all rights. */
final class AppSchema implements AutoCloseable {
    /** Whatever the server's variables are, the test's own statements mean the same. */
    private static final String USUAL_SESSION = "&initSql=SET sql_mode='STRICT_TRANS_TABLES';SET NAMES utf8mb4,"
            + " autocommit=1, completion_type=0, sql_safe_updates=0, sql_select_limit=18446744073709551615, sql_big_selects=1,"
            + " tx_read_only=0, max_statement_time=0, wait_timeout=28800, idle_transaction_timeout=0,"
            + " idle_write_transaction_timeout=0, idle_readonly_transaction_timeout=0, lock_wait_timeout=60,"
            + " innodb_lock_wait_timeout=50, net_read_timeout=60, net_write_timeout=60, default_storage_engine=InnoDB,"
            + " character_set_server=utf8mb4, time_zone='+00:00', system_versioning_asof=DEFAULT,"
            + " max_session_mem_used=9223372036854775807, tmp_disk_table_size=18446744073709551615";

    private final MariaDbServer server;
    private final String name;
    private final Connection connection;

    AppSchema(MariaDbServer server, String name) {
        this.server = server;
        this.name = name;
        this.connection = connect("");
        execute("CREATE DATABASE " + SqlFragment.name(name));
        execute("USE " + SqlFragment.name(name));
    }

    String name() {
        return name;
    }

    MariaDbServer server() {
        return server;
    }

    /** A migration of the column {@code image} of the table {@code t}, from {@code legacy/} to {@code new/}. */
    TestMigration migration() {
        return TestMigration.in(this);
    }

    /** One more connection of the application, in this schema. */
    Connection connect() {
        return connect(name);
    }

    private Connection connect(String database) {
        try {
            Connection opened = DriverManager.getConnection(
                    server.jdbcUrl() + USUAL_SESSION, server.rootUser(), server.rootPassword());
            if (!database.isEmpty()) {
                opened.setCatalog(database);
            }
            return opened;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Executes one statement in autocommit mode and returns how many rows it changed. */
    int execute(String sql, Object... parameters) {
        return execute(connection, sql, parameters);
    }

    static int execute(Connection connection, String sql, Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.execute() ? 0 : statement.getUpdateCount();
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** The first column of a query as text. */
    List<String> column(String sql, Object... parameters) {
        return rows(sql, parameters).stream().map(row -> row.get(0)).toList();
    }

    /** The first column of a query's first row as text. */
    String value(String sql, Object... parameters) {
        return column(sql, parameters).get(0);
    }

    /** All rows of a query as text, null for null. */
    List<List<String>> rows(String sql, Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet result = statement.executeQuery()) {
                List<List<String>> rows = new ArrayList<>();
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(result.getString(i));
                    }
                    rows.add(row);
                }
                return rows;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** EXPLAIN of the bulk update: alias, kind of access and index of each table, in the order of the join. */
    List<String> plan(PreparedCatalog catalog) {
        String update = catalog.table().update().statement();
        return rows("EXPLAIN " + update, TestBatches.id(1).bytes(), 0, 1_000).stream()
                .map(row -> row.get(2) + " " + row.get(3) + " " + row.get(5))
                .toList();
    }

    /** How many rows and index entries the server reads while the work is done. */
    long reads(Runnable work) {
        long before = reads();
        work.run();
        return reads() - before;
    }

    private long reads() {
        return Long.parseLong(value("""
                SELECT SUM(VARIABLE_VALUE) FROM information_schema.GLOBAL_STATUS
                WHERE VARIABLE_NAME LIKE 'HANDLER_READ%' AND VARIABLE_NAME <> 'HANDLER_READ_RND_DELETED'"""));
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("DROP DATABASE " + SqlFragment.name(name));
        connection.close();
    }
}
