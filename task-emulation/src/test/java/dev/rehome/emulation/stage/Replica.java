package dev.rehome.emulation.stage;

import dev.rehome.embedded.EmbeddedMariaDb;
import dev.rehome.embedded.MariaDbSettings;
import dev.rehome.emulation.application.WrittenRow;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A replica of the stage's database, from now on; the migrator may only read there. Close it. */
public final class Replica implements AutoCloseable {
    private final EmbeddedMariaDb server;
    private final String schema;

    /** Starts it before the stage is seeded: what was there earlier is not replicated. */
    public Replica(MigrationStage stage) throws SQLException {
        this.schema = stage.name();
        this.server = EmbeddedMariaDb.start(MariaDbSettings.in(stage.folder("replica"))
                .withDatabases(schema)
                .withServerArguments("--server-id=2", "--read-only", "--innodb-flush-log-at-trx-commit=0"));
        EmbeddedMariaDb primary = stage.servers().database();
        try (Connection above = stage.connect()) {
            execute(ask(above, "SHOW CREATE USER " + MigrationStage.ACCOUNT));
            execute("GRANT SELECT ON " + schema + ".* TO " + MigrationStage.ACCOUNT);
            execute("SET GLOBAL gtid_slave_pos = '" + ask(above, "SELECT @@gtid_binlog_pos") + "'");
        }
        execute("CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = " + primary.port() + ", MASTER_USER = '"
                + primary.rootUser() + "', MASTER_PASSWORD = '" + primary.rootPassword()
                + "', MASTER_USE_GTID = slave_pos, MASTER_SSL = 0, MASTER_CONNECT_RETRY = 1");
        start();
    }

    /** How the migrator is told of it. */
    public String address() {
        return "127.0.0.1:" + server.port();
    }

    /** Replication goes on. */
    public void start() throws SQLException {
        execute("START SLAVE");
    }

    /** Replication stops; the server answers. */
    public void stop() throws SQLException {
        execute("STOP SLAVE");
    }

    /** The server is gone. */
    public void kill() {
        server.kill();
    }

    /** The server is there again, and replication goes on. */
    public void restart() {
        server.restart();
    }

    /** Every row, as the replica has it. */
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

    private static String ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
