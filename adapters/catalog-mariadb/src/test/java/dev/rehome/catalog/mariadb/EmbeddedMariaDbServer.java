package dev.rehome.catalog.mariadb;

import dev.rehome.common.TemporaryDirectory;
import dev.rehome.embedded.EmbeddedMariaDb;
import dev.rehome.embedded.MariaDbSettings;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The default: needs nothing but Java. A system property may name an installed one instead. */
record EmbeddedMariaDbServer(EmbeddedMariaDb database, TemporaryDirectory directory) implements MariaDbServer {
    static EmbeddedMariaDbServer start(List<String> options) {
        TemporaryDirectory directory = TemporaryDirectory.create("rehome-mariadb");
        // These tests crash connections, not the server: no need to wait for the disk at each commit.
        List<String> all = Stream.concat(
                        Stream.of("--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0"), options.stream())
                .toList();
        MariaDbSettings settings = MariaDbSettings.in(directory.path()).withServerArguments(all.toArray(String[]::new));
        EmbeddedMariaDb database = EmbeddedMariaDb.start(settings);
        System.out.println("Catalog tests run on MariaDB " + database.version());
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
