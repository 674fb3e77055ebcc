package dev.rehome.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * How an {@link EmbeddedMariaDb} is started.
 *
 * @param directory the server's own folder; created if absent, its data is kept
 * @param port the port on 127.0.0.1, or 0 for a free one
 * @param rootPassword the password of {@code root@127.0.0.1}, set anew at each start
 * @param databases databases created at each start if absent, with character set utf8mb4
 * @param serverArguments options of mariadbd behind ours, such as {@code --log-bin=binlog}; the last one wins
 */
public record MariaDbSettings(
        Path directory, int port, String rootPassword, List<String> databases, List<String> serverArguments) {
    private static final int HIGHEST_PORT = 65_535;

    /** Checks the port and copies the lists. */
    public MariaDbSettings {
        Objects.requireNonNull(directory);
        Objects.requireNonNull(rootPassword);
        databases = List.copyOf(databases);
        serverArguments = List.copyOf(serverArguments);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port " + port);
        }
    }

    /** A free port, a random password, no databases, no further arguments. */
    public static MariaDbSettings in(Path directory) {
        return new MariaDbSettings(directory, 0, Secret.random(), List.of(), List.of());
    }

    /** The same on that port; 0 is a free one. */
    public MariaDbSettings withPort(int newPort) {
        return new MariaDbSettings(directory, newPort, rootPassword, databases, serverArguments);
    }

    /** The same with that password for root. */
    public MariaDbSettings withRootPassword(String newPassword) {
        return new MariaDbSettings(directory, port, newPassword, databases, serverArguments);
    }

    /** The same with these databases. */
    public MariaDbSettings withDatabases(String... names) {
        return new MariaDbSettings(directory, port, rootPassword, List.of(names), serverArguments);
    }

    /** The same with these options for mariadbd. */
    public MariaDbSettings withServerArguments(String... arguments) {
        return new MariaDbSettings(directory, port, rootPassword, databases, List.of(arguments));
    }
}
