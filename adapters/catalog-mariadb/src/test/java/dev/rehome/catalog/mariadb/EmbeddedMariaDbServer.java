package dev.rehome.catalog.mariadb;

import dev.rehome.common.TemporaryDirectory;
import dev.rehome.embedded.EmbeddedMariaDb;
import dev.rehome.embedded.MariaDbSettings;
import java.io.IOException;

/** The default: needs nothing but Java. A system property may name an installed one instead. */
record EmbeddedMariaDbServer(EmbeddedMariaDb database, TemporaryDirectory directory) implements MariaDbServer {
    static EmbeddedMariaDbServer start() {
        TemporaryDirectory directory = TemporaryDirectory.create("rehome-mariadb");
        // These tests crash connections, not the server: no need to wait for the disk at each commit.
        MariaDbSettings settings = MariaDbSettings.in(directory.path())
                .withServerArguments("--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0");
        EmbeddedMariaDb database = EmbeddedMariaDb.start(settings);
        System.out.println("The catalog's tests run on MariaDB " + database.version());
        return new EmbeddedMariaDbServer(database, directory);
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
