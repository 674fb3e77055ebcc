package dev.rehome.catalog.mariadb.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.catalog.ServerAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * Connections to the database: a small pool for short work, and dedicated ones for the producer's lock and for replicas.
 *
 * <p>Every session begins with {@link SessionVariables}. Every wait is bounded. Safe for use by several threads.
 */
public final class CatalogConnections implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);
    /** Never reached: the pool closes idle connections long before. */
    private static final Duration POOLED_IDLE_TIMEOUT = Duration.ofHours(8);
    /** Until then MariaDB keeps the locks of a connection that broke unnoticed. */
    private static final Duration DEDICATED_IDLE_TIMEOUT = Duration.ofSeconds(30);

    /** A replica that is up responds sooner, and a stop must not wait longer. */
    private static final Duration REPLICA_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration BORROW_TIMEOUT = Duration.ofSeconds(10);

    private final String url;
    private final String user;
    private final PasswordSource password;
    private final Properties properties;
    private final int size;
    private HikariDataSource pool;

    /**
     * Connects lazily: an absent database shows at the first call.
     *
     * @param url the JDBC address, without credentials
     * @param user the user of every connection
     * @param password asked at each new connection
     * @param properties driver properties, without credentials; their timeouts replace the defaults
     * @param size connections in the pool
     */
    public CatalogConnections(String url, String user, PasswordSource password, Properties properties, int size) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.size = size;
        this.properties = new Properties();
        this.properties.setProperty("useBulkStmtsForInserts", "true");
        this.properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
        this.properties.setProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toMillis()));
        this.properties.putAll(properties);
    }

    /** Connections to the primary. */
    public static CatalogConnections primary(MariaDbSettings.Server server, PasswordSource password, int pool) {
        return to(new ServerAddress(server.host(), OptionalInt.empty()), server, password, properties(server), pool);
    }

    /** Connections to a replica, which has the primary's user, password and TLS, and its port unless it names one. */
    public static CatalogConnections replica(
            ServerAddress address, MariaDbSettings.Server server, PasswordSource password) {
        Properties properties = properties(server);
        properties.setProperty("connectTimeout", Long.toString(REPLICA_TIMEOUT.toMillis()));
        properties.setProperty("socketTimeout", Long.toString(REPLICA_TIMEOUT.toMillis()));
        return to(address, server, password, properties, 1);
    }

    /** The address has no schema: every statement names it, and its name may contain any character. */
    private static CatalogConnections to(
            ServerAddress address,
            MariaDbSettings.Server server,
            PasswordSource password,
            Properties properties,
            int pool) {
        OptionalInt port = OptionalInt.of(address.port().orElse(server.port()));
        String url = "jdbc:mariadb://" + new ServerAddress(address.host(), port) + "/";
        return new CatalogConnections(url, server.user(), password, properties, pool);
    }

    private static Properties properties(MariaDbSettings.Server server) {
        Properties properties = new Properties();
        properties.setProperty(
                "sslMode", server.tls().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        server.tlsCa().ifPresent(authority -> properties.setProperty("serverSslCert", authority));
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    /** A connection of the pool, in autocommit mode; closing it returns it to the pool. */
    public Connection pooled() throws SQLException {
        try {
            HikariDataSource connections = pool();
            if (connections.getHikariPoolMXBean().getTotalConnections() == 0) {
                // While the server is away or rejects the password, the pool would retry until the borrow timeout; this
                // fails at once.
                open(POOLED_IDLE_TIMEOUT).close();
            }
            return connections.getConnection();
        } catch (SQLException failure) {
            throw transientDuringRotation(failure);
        }
    }

    /**
     * A new connection outside the pool, which would close it after a while, in autocommit mode. MariaDB closes it after
     * 30 seconds without a statement.
     */
    public Connection dedicated() throws SQLException {
        try {
            return open(DEDICATED_IDLE_TIMEOUT);
        } catch (SQLException failure) {
            throw transientDuringRotation(failure);
        }
    }

    private Connection open(Duration idle) throws SQLException {
        Properties all = initialized(idle);
        all.setProperty("user", user);
        all.setProperty("password", password.current().reveal());
        return DriverManager.getConnection(url, all);
    }

    private Properties initialized(Duration idle) {
        Properties all = new Properties();
        all.putAll(properties);
        Duration limit = Duration.ofMillis(Long.parseLong(all.getProperty("socketTimeout")));
        all.setProperty("initSql", SessionVariables.statements(idle, limit));
        return all;
    }

    /** During rotation the server may reject the old or the new password for a while. */
    private SQLException transientDuringRotation(SQLException failure) {
        return password.mayChange() && MariaDbErrors.isAccessDenied(failure)
                ? new SQLTransientConnectionException(
                        "MariaDB rejected the password, which may be rotating: trying again", "08001")
                : failure;
    }

    private synchronized HikariDataSource pool() {
        if (pool == null) {
            pool = new HikariDataSource(config());
        }
        return pool;
    }

    private HikariConfig config() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("catalog");
        config.setJdbcUrl(url);
        config.setDataSourceProperties(initialized(POOLED_IDLE_TIMEOUT));
        config.setCredentialsProvider(
                () -> Credentials.of(user, password.current().reveal()));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setIdleTimeout(Duration.ofMinutes(2).toMillis());
        config.setMaxLifetime(Duration.ofMinutes(10).toMillis());
        config.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
        config.setConnectionTimeout(BORROW_TIMEOUT.toMillis());
        config.setValidationTimeout(CONNECT_TIMEOUT.toMillis());
        config.setInitializationFailTimeout(-1);
        return config;
    }

    @Override
    public synchronized void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
