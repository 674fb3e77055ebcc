package dev.rehome.emulation.benchmark;

import dev.rehome.common.process.ProgressLine;
import dev.rehome.emulation.seeding.CatalogSeeding;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Creates and fills the sample table in any MariaDB. */
@Command(name = "seed-rows", description = "Creates the sample table `user profile` in a MariaDB schema, and fills it.")
public final class SeedRowsCommand implements Callable<Integer> {
    @Option(names = "--rows", paramLabel = "N", description = "How many (${DEFAULT-VALUE}).")
    private int rows = 1_000_000;

    @Option(names = "--url", paramLabel = "URL", required = true, description = "jdbc:mariadb://HOST:PORT/SCHEMA")
    private String url;

    @Option(names = "--user", paramLabel = "NAME", required = true, description = "A user that may create tables.")
    private String user;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            description = "The user's password; prompts for it if no value is given.",
            interactive = true,
            arity = "0..1")
    private String password = "";

    @Override
    public Integer call() throws SQLException {
        ProgressLine screen = ProgressLine.onStandardOutput();
        screen.begin("Seeding rows", rows);
        long started = System.nanoTime();
        String bulk = url + (url.contains("?") ? "&" : "?") + "rewriteBatchedStatements=true";
        try (Connection connection = DriverManager.getConnection(bulk, user, password)) {
            new CatalogSeeding(connection).seed(rows, screen::done);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        screen.line(String.format(Locale.ROOT, "%,d rows in %.0f s, %,.0f rows/s", rows, seconds, rows / seconds));
        return 0;
    }
}
