package dev.rehome.catalog.mariadb;

import dev.rehome.common.ContainerServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The image mariadb:11.4 with its own configuration and the options of the embedded server. Testcontainers' class for
 * MariaDB would put a configuration of its own on top, with packets of 1 MB and a buffer pool of 16 MB.
 */
final class ContainerMariaDb implements MariaDbServer {
    private final String password = UUID.randomUUID().toString();
    private final ContainerServer server;

    ContainerMariaDb(List<String> options) {
        List<String> all = new ArrayList<>(List.of(
                "--skip-ssl",
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-doublewrite=0"));
        all.addAll(options);
        server = new ContainerServer(
                "mariadb:11.4",
                3306,
                Map.of("MARIADB_ROOT_PASSWORD", password),
                this::connect,
                all.toArray(String[]::new));
    }

    private void connect(int port) throws SQLException {
        DriverManager.getConnection(MariaDbServer.jdbcUrl(port), rootUser(), password)
                .close();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public String rootUser() {
        return "root";
    }

    @Override
    public String rootPassword() {
        return password;
    }

    @Override
    public void close() {
        server.close();
    }
}
