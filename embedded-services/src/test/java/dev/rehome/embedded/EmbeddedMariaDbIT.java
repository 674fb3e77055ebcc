package dev.rehome.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMariaDbIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path shared;

    private static EmbeddedMariaDb server;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @BeforeAll
    static void start() {
        server = EmbeddedMariaDb.start(MariaDbSettings.in(shared)
                .withDatabases("app")
                .withServerArguments("--log-bin=binlog", "--binlog-format=ROW"));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void committedRowsSurviveKill() throws SQLException {
        int port = server.port();
        long firstPid = server.pid();
        execute(server, "CREATE TABLE t (v VARCHAR(20)) ENGINE=InnoDB");
        execute(server, "INSERT INTO t VALUES ('caf\u00e9 \ud83d\ude80')");

        server.kill();
        assertThat(ProcessHandle.of(firstPid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThatThrownBy(() -> query(server, "SELECT 1")).isInstanceOf(SQLException.class);

        server.restart();
        assertThat(server.port()).isEqualTo(port);
        assertThat(query(server, "SELECT v FROM t")).isEqualTo("caf\u00e9 \ud83d\ude80");
    }

    @Test
    void dataAndNewPasswordAreThereAfterAnOrderlyStop() throws SQLException {
        try (EmbeddedMariaDb first = EmbeddedMariaDb.start(settings())) {
            execute(first, "CREATE TABLE t (v INT)");
            execute(first, "INSERT INTO t VALUES (7)");
        }
        try (EmbeddedMariaDb second = EmbeddedMariaDb.start(settings().withRootPassword("o'ther\\ \"one"))) {
            assertThat(query(second, "SELECT v FROM t")).isEqualTo("7");
        }
    }

    @Test
    void serverArgumentsAndDefaultsHold() throws SQLException {
        assertThat(query(server, "SELECT @@version")).startsWith(server.version());
        assertThat(server.version()).startsWith("11.4.");
        assertThat(query(server, "SELECT @@log_bin")).isEqualTo("1");
        assertThat(query(server, "SELECT @@innodb_flush_log_at_trx_commit")).isEqualTo("1");
        assertThat(query(server, "SELECT @@character_set_server")).isEqualTo("utf8mb4");
        assertThat(query(server, "SELECT @@bind_address")).isEqualTo("127.0.0.1");
        assertThat(query(server, "SELECT count(*) FROM mysql.global_priv WHERE User = 'root'"))
                .isEqualTo("1");
    }

    @Test
    void wrongPasswordIsRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("app"), server.rootUser(), "wrong"))
                .hasMessageContaining("Access denied");
    }

    @Test
    void frozenServerKeepsSilentUntilThawed() throws SQLException {
        server.freeze();
        assertThatThrownBy(() -> DriverManager.getConnection(
                        server.jdbcUrl("app") + "&connectTimeout=300", server.rootUser(), server.rootPassword()))
                .isInstanceOf(SQLException.class);
        server.thaw();
        assertThat(query(server, "SELECT 1")).isEqualTo("1");
    }

    @Test
    void failureToStartShowsTheLog() {
        MariaDbSettings settings = settings().withServerArguments("--no-such-option");
        assertThatThrownBy(() -> EmbeddedMariaDb.start(settings))
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("no-such-option");
    }

    private MariaDbSettings settings() {
        return MariaDbSettings.in(directory).withDatabases("app");
    }

    private static void execute(EmbeddedMariaDb server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedMariaDb server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedMariaDb server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl("app"), server.rootUser(), server.rootPassword());
    }
}
