package dev.rehome.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How an {@link EmbeddedRedis} is started.
 *
 * @param directory the server's own folder; created if absent, its data is kept
 * @param port the port on 127.0.0.1, or 0 for a free one
 * @param password the password of the default user, if it shall have one
 * @param directives lines of redis.conf behind ours, such as {@code maxmemory 64mb}; the last one wins
 */
public record RedisSettings(Path directory, int port, Optional<String> password, List<String> directives) {
    private static final int HIGHEST_PORT = 65_535;

    /** Checks the port and copies the list. */
    public RedisSettings {
        Objects.requireNonNull(directory);
        Objects.requireNonNull(password);
        directives = List.copyOf(directives);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port " + port);
        }
    }

    /** A free port, no password, no further directives. */
    public static RedisSettings in(Path directory) {
        return new RedisSettings(directory, 0, Optional.empty(), List.of());
    }

    /** The same on that port; 0 is a free one. */
    public RedisSettings withPort(int newPort) {
        return new RedisSettings(directory, newPort, password, directives);
    }

    /** The same with that password. */
    public RedisSettings withPassword(String newPassword) {
        return new RedisSettings(directory, port, Optional.of(newPassword), directives);
    }

    /** The same with these lines of configuration. */
    public RedisSettings withDirectives(String... lines) {
        return new RedisSettings(directory, port, password, List.of(lines));
    }
}
