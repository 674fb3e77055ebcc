package dev.rehome.emulation.migration;

import dev.rehome.embedded.EmbeddedMariaDb;
import dev.rehome.embedded.MariaDbSettings;
import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.application.WrittenRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A replica of the migration's database; the migrator may only read there. Close it. */
public final class Replica implements AutoCloseable {
    private final EmbeddedMariaDb server;
    private final String schema;

    /** Starts the replica. It replicates from now on, so create it before the migration is seeded. */
    public Replica(EmulatedMigration migration, Path directory) throws SQLException {
        this.schema = migration.name();
        this.server = EmbeddedMariaDb.start(MariaDbSettings.in(directory.resolve("replica"))
                .withDatabases(schema)
                .withServerArguments("--server-id=2", "--read-only", "--innodb-flush-log-at-trx-commit=0"));
        EmbeddedMariaDb primary = migration.servers().database();
        try (Connection primaryConnection = migration.connect()) {
            execute(value(primaryConnection, "SHOW CREATE USER " + EmulatedMigration.ACCOUNT));
            execute("GRANT SELECT ON " + schema + ".* TO " + EmulatedMigration.ACCOUNT);
            execute("SET GLOBAL gtid_slave_pos = '" + value(primaryConnection, "SELECT @@gtid_binlog_pos") + "'");
        }
        execute("CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = " + primary.port() + ", MASTER_USER = '"
                + primary.rootUser() + "', MASTER_PASSWORD = '" + primary.rootPassword()
                + "', MASTER_USE_GTID = slave_pos, MASTER_SSL = 0, MASTER_CONNECT_RETRY = 1");
        start();
    }

    /** Its host and port, for {@code THROTTLE_REPLICAS}. */
    public String address() {
        return "127.0.0.1:" + server.port();
    }

    /** Starts replication. */
    public void start() throws SQLException {
        execute("START SLAVE");
    }

    /** Stops replication; the server still accepts queries. */
    public void stop() throws SQLException {
        execute("STOP SLAVE");
    }

    /** Kills the server. */
    public void kill() {
        server.kill();
    }

    /** Restarts the server, with replication stopped or running as before. */
    public void restart() {
        server.restart();
    }

    /** Every row of the replica's table, by its row key. */
    public Map<Long, WrittenRow> rows() throws SQLException {
        try (Connection connection = connect()) {
            return CatalogRows.of(connection);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(schema), server.rootUser(), server.rootPassword());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
