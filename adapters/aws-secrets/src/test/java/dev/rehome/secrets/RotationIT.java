package dev.rehome.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.catalog.mariadb.sql.CatalogConnections;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.Unavailable;
import dev.rehome.embedded.EmbeddedMariaDb;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database password is rotated during a run. */
class RotationIT {
    private Duration now = Duration.ZERO;

    @Test
    void newConnectionsFollowARotation(@TempDir Path directory) throws IOException, SQLException {
        Properties plain = new Properties();
        plain.setProperty("sslMode", "disable");
        try (EmbeddedMariaDb database = EmbeddedMariaDb.start(directory);
                SecretsManagerStub secrets = new SecretsManagerStub("{\"username\":\"mover\",\"password\":\"first\"}");
                SecretsManagerPassword password = new SecretsManagerPassword("arn", () -> now, secrets.client());
                CatalogConnections connections =
                        new CatalogConnections(database.jdbcUrl(""), "mover", password, plain, 2)) {
            administer(database, "CREATE USER mover@'127.0.0.1' IDENTIFIED BY 'first'");
            JdbcRunner sql = new JdbcRunner(connections);
            try (Connection held = connections.dedicated()) {
                assertThat(one(sql)).isEqualTo(1);

                administer(database, "ALTER USER mover@'127.0.0.1' IDENTIFIED BY 'second'");
                assertThat(held.isValid(2))
                        .as("an existing connection stays valid")
                        .isTrue();
                assertThatThrownBy(connections::dedicated)
                        .as("between the change in the database and that of the secret")
                        .hasMessageContaining("which may be rotating");
                assertThat(one(sql)).as("the connection in the pool").isEqualTo(1);

                secrets.hold("{\"username\":\"mover\",\"password\":\"second\"}");
                now = now.plusSeconds(5);

                try (Connection fresh = connections.dedicated()) {
                    assertThat(fresh.isValid(2)).isTrue();
                }
            }
        }
    }

    @Test
    void unreadableSecretIsUnavailable(@TempDir Path directory) throws IOException {
        try (SecretsManagerStub secrets = new SecretsManagerStub("x");
                SecretsManagerPassword password = new SecretsManagerPassword("arn:x", () -> now, secrets.client())) {
            secrets.deny();

            assertThatThrownBy(password::current)
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("arn:x")
                    .hasMessageContaining("secretsmanager:GetSecretValue");
        }
    }

    @Test
    void secretIsJsonWithAPasswordOrThePasswordItself() {
        assertThat(SecretsManagerPassword.password("{\"password\":\"a\\\"b\"}").reveal())
                .isEqualTo("a\"b");
        assertThat(SecretsManagerPassword.password("plain{").reveal()).isEqualTo("plain{");
        assertThat(SecretsManagerPassword.password("12345").reveal()).isEqualTo("12345");
    }

    private static int one(JdbcRunner sql) {
        return sql.first("asking", SqlFragment.sql("SELECT 1"), row -> row.getInt(1))
                .orElseThrow();
    }

    private static void administer(EmbeddedMariaDb database, String statement) throws SQLException {
        try (Connection root = DriverManager.getConnection(
                        database.jdbcUrl(""), database.rootUser(), database.rootPassword());
                Statement statements = root.createStatement()) {
            statements.execute(statement);
        }
    }
}
