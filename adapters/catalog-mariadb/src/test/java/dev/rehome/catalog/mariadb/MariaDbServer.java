package dev.rehome.catalog.mariadb;

import dev.rehome.common.ContainerServer;
import java.io.IOException;
import java.util.List;

/** A MariaDB on 127.0.0.1, without TLS, with character set utf8mb4. */
interface MariaDbServer extends AutoCloseable {
    /** Starts the kind that this build asks for, with further options of mariadbd. */
    static MariaDbServer start(List<String> options) {
        return ContainerServer.wanted() ? new ContainerMariaDb(options) : EmbeddedMariaDbServer.start(options);
    }

    /** The port on 127.0.0.1. */
    int port();

    /** A user with all privileges. */
    String rootUser();

    /** The password of {@link #rootUser}. */
    String rootPassword();

    /** The URL for MariaDB Connector/J, without a user and a database. */
    default String jdbcUrl() {
        return jdbcUrl(port());
    }

    static String jdbcUrl(int port) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/?sslMode=disable";
    }

    /** Stops the server and deletes its data. */
    @Override
    void close() throws IOException;
}
