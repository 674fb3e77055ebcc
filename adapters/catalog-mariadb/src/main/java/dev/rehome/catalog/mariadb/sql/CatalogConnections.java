package dev.rehome.catalog.mariadb.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.rehome.common.catalog.PasswordSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/**
 * Connections to the database: a small pool for short work, and connections of their own for the producer's lock.
 *
 * <p>All are READ COMMITTED: on REPEATABLE READ the bulk update's gap locks would block the application's inserts. Every
 * wait is bounded, and so is a transaction's silence. Safe for use by several threads.
 */
public final class CatalogConnections implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration BORROW = Duration.ofSeconds(10);
    /**
     * MariaDB undoes what a process leaves open that is frozen, or whose machine is gone without a word: its locks would
     * hold up the application, or the batch's next consumer, for as long as the connection lasts. Other servers take it
     * for a comment, so that a preflight can tell what they are.
     */
    private static final String OPEN_TRANSACTIONS_END = " /*M!100300 , idle_transaction_timeout = 5 */";

    private final String url;
    private final String user;
    private final PasswordSource password;
    private final Properties properties;
    private final HikariConfig config;
    private volatile HikariDataSource pool;

    /**
     * Connects lazily: an absent database shows at the first call.
     *
     * @param url the JDBC address, without credentials
     * @param user the user of every connection
     * @param password asked at each new connection
     * @param properties driver properties, without credentials; a timeout among them comes before ours
     * @param size connections in the pool
     */
    public CatalogConnections(String url, String user, PasswordSource password, Properties properties, int size) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.properties = new Properties();
        this.properties.putAll(properties);
        this.properties.putIfAbsent("connectTimeout", Long.toString(CONNECT.toMillis()));
        this.properties.putIfAbsent("socketTimeout", Long.toString(ANSWER.toMillis()));
        this.config = new HikariConfig();
        config.setPoolName("catalog");
        config.setJdbcUrl(url);
        config.setDataSourceProperties(this.properties);
        config.setCredentialsProvider(
                () -> Credentials.of(user, password.current().reveal()));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setIdleTimeout(Duration.ofMinutes(2).toMillis());
        config.setMaxLifetime(Duration.ofMinutes(10).toMillis());
        config.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
        config.setConnectionTimeout(BORROW.toMillis());
        config.setValidationTimeout(CONNECT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // Keys travel as text: in a zone with summer time, two TIMESTAMPs of one autumn night read the same.
        config.setConnectionInitSql("SET time_zone = '+00:00'" + OPEN_TRANSACTIONS_END);
    }

    /** A connection of the pool, in autocommit mode; close it to give it back. */
    public Connection pooled() throws SQLException {
        try {
            return pool().getConnection();
        } catch (SQLException failure) {
            throw orRotated(failure);
        }
    }

    /**
     * A fresh connection outside the pool, in autocommit mode: the pool would end it after a while. MariaDB ends it after
     * half a minute of silence: one that broke without a word would keep its locks for hours.
     */
    public Connection dedicated() throws SQLException {
        try {
            Connection connection = open();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET wait_timeout = " + SILENCE.toSeconds() + OPEN_TRANSACTIONS_END);
            }
            return connection;
        } catch (SQLException failure) {
            throw orRotated(failure);
        }
    }

    private Connection open() throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("user", user);
        all.setProperty("password", password.current().reveal());
        return DriverManager.getConnection(url, all);
    }

    /** While a password is being rotated, the server refuses the one that we still hold, or already hold. */
    private SQLException orRotated(SQLException failure) {
        return password.mayChange() && MariaDbErrors.isAccessDenied(failure)
                ? new SQLTransientConnectionException("The password is refused; it may just be rotated", "08001")
                : failure;
    }

    private synchronized HikariDataSource pool() throws SQLException {
        if (pool == null) {
            // The pool would try a wrong password over and over until its patience ends.
            open().close();
            pool = new HikariDataSource(config);
        }
        return pool;
    }

    @Override
    public synchronized void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
