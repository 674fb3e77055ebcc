package dev.rehome.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The settings of an {@link EmbeddedMariaDb}.
 *
 * @param directory the server's own folder; created if absent, its data is kept
 * @param rootPassword the password of {@code root@127.0.0.1}, set at each start
 * @param databases databases created at each start if absent, with character set utf8mb4
 * @param serverArguments options of mariadbd after the defaults, such as {@code --log-bin=binlog}; the last one wins
 */
public record MariaDbSettings(
        Path directory, String rootPassword, List<String> databases, List<String> serverArguments) {
    /** Copies the lists. */
    public MariaDbSettings {
        Objects.requireNonNull(directory);
        Objects.requireNonNull(rootPassword);
        databases = List.copyOf(databases);
        serverArguments = List.copyOf(serverArguments);
    }

    /** A random password, no databases, no additional arguments. */
    public static MariaDbSettings in(Path directory) {
        return new MariaDbSettings(directory, Secret.random(), List.of(), List.of());
    }

    /** The same with that password for root. */
    public MariaDbSettings withRootPassword(String newPassword) {
        return new MariaDbSettings(directory, newPassword, databases, serverArguments);
    }

    /** The same with these databases. */
    public MariaDbSettings withDatabases(String... names) {
        return new MariaDbSettings(directory, rootPassword, List.of(names), serverArguments);
    }

    /** The same with these options for mariadbd. */
    public MariaDbSettings withServerArguments(String... arguments) {
        return new MariaDbSettings(directory, rootPassword, databases, List.of(arguments));
    }
}
