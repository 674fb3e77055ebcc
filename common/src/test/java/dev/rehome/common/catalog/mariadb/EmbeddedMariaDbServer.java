package dev.rehome.common.catalog.mariadb;

import dev.rehome.common.TemporaryDirectory;
import dev.rehome.embedded.EmbeddedMariaDb;
import dev.rehome.embedded.MariaDbSettings;
import java.io.IOException;

/** The default: needs nothing but Java. */
record EmbeddedMariaDbServer(EmbeddedMariaDb database, TemporaryDirectory directory) implements MariaDbServer {
    static EmbeddedMariaDbServer start() {
        TemporaryDirectory directory = TemporaryDirectory.create("rehome-mariadb");
        // These tests crash connections, not the server: no need to wait for the disk at each commit.
        MariaDbSettings settings = MariaDbSettings.in(directory.path())
                .withServerArguments("--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0");
        return new EmbeddedMariaDbServer(EmbeddedMariaDb.start(settings), directory);
    }

    @Override
    public int port() {
        return database.port();
    }

    @Override
    public String rootUser() {
        return database.rootUser();
    }

    @Override
    public String rootPassword() {
        return database.rootPassword();
    }

    @Override
    public void close() throws IOException {
        database.close();
        directory.close();
    }
}
