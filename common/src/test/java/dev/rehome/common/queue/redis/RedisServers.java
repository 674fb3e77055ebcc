package dev.rehome.common.queue.redis;

import dev.rehome.embedded.EmbeddedRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one Redis that all of this JVM share; each takes a migration's name of its own. */
final class RedisServers implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(RedisServers.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedRedis.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(Server.class, any -> Server.start(), Server.class)
                .redis();
    }

    /** The server; JUnit closes it after the last test. */
    private record Server(EmbeddedRedis redis, Path directory) implements AutoCloseable {
        static Server start() {
            try {
                Path directory = Files.createTempDirectory("rehome-redis");
                return new Server(EmbeddedRedis.start(directory), directory);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void close() throws IOException {
            redis.close();
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
