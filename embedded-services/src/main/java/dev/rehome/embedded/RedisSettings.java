package dev.rehome.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The settings of an {@link EmbeddedRedis}.
 *
 * @param directory the server's own folder; created if absent, its data is kept
 * @param directives lines of redis.conf after the defaults, such as {@code maxmemory 64mb}; the last one wins
 */
public record RedisSettings(Path directory, List<String> directives) {
    /** Copies the list. */
    public RedisSettings {
        Objects.requireNonNull(directory);
        directives = List.copyOf(directives);
    }

    /** No additional directives. */
    public static RedisSettings in(Path directory) {
        return new RedisSettings(directory, List.of());
    }

    /** The same with these lines of configuration. */
    public RedisSettings withDirectives(String... lines) {
        return new RedisSettings(directory, List.of(lines));
    }
}
