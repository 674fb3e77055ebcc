package dev.rehome.common.catalog.mariadb;

import dev.rehome.embedded.EmbeddedMariaDb;
import dev.rehome.embedded.MariaDbSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a fresh {@link AppSchema} on one MariaDB that all tests of this JVM share. */
final class MariaDbSchemas implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(MariaDbSchemas.class);

    private final AtomicInteger schemas = new AtomicInteger();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AppSchema.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Server server =
                context.getRoot().getStore(OURS).computeIfAbsent(Server.class, any -> Server.start(), Server.class);
        String name = "app_" + context.getRequiredTestClass().getSimpleName() + "_" + schemas.incrementAndGet();
        AppSchema schema = new AppSchema(server.database(), name);
        context.getStore(OURS).put(name, schema);
        return schema;
    }

    /** The server; JUnit closes it after the last test. */
    private record Server(EmbeddedMariaDb database, Path directory) implements AutoCloseable {
        static Server start() {
            try {
                Path directory = Files.createTempDirectory("rehome-mariadb");
                // These tests crash connections, not the server: no need to wait for the disk at each commit.
                MariaDbSettings settings = MariaDbSettings.in(directory)
                        .withServerArguments("--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0");
                return new Server(EmbeddedMariaDb.start(settings), directory);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void close() throws IOException {
            database.close();
            List<Path> all;
            try (Stream<Path> files = Files.walk(directory)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : all) {
                Files.delete(each);
            }
        }
    }
}
