package dev.rehome.emulation.migration;

import dev.rehome.common.TemporaryDirectory;
import dev.rehome.embedded.FileTree;
import dev.rehome.embedded.MariaDbSettings;
import dev.rehome.embedded.ObjectStoreSettings;
import dev.rehome.embedded.RedisSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test an {@link EmulatedMigration} of its own, on servers that all tests of the JVM share: starting servers
 * takes longer than most tests.
 */
public final class EmulatedMigrationExtension implements ParameterResolver {
    private static final Namespace SPACE = Namespace.create(EmulatedMigrationExtension.class);
    /** Delays each response of the store a little, so that a fault meets a migration in its middle. */
    private static final Duration LATENCY = Duration.ofMillis(5);
    /** Static, because with several JVMs each class is a launch of its own, and JUnit's stores end with the launch. */
    private static EmulatedMigrationExtension shared;

    private static int migrations;

    private final Servers servers;
    private final ClassDataArchives archives;

    /** For JUnit: the servers are started with the first parameter. */
    public EmulatedMigrationExtension() {
        this(null, null);
    }

    private EmulatedMigrationExtension(Servers servers, ClassDataArchives archives) {
        this.servers = servers;
        this.archives = archives;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == EmulatedMigration.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        String name = test.getRequiredTestClass().getSimpleName() + "-"
                + test.getRequiredTestMethod().getName() + "-"
                + test.getUniqueId().replaceAll(".*#(\\d+)\\]$|.*", "$1");
        return test.getStore(SPACE)
                .computeIfAbsent(
                        EmulatedMigration.class,
                        key -> {
                            try {
                                return shared().open(directory().resolve(name.toLowerCase(Locale.ROOT)));
                            } catch (IOException | SQLException failure) {
                                throw new ParameterResolutionException("the migration can't be set up", failure);
                            }
                        },
                        EmulatedMigration.class);
    }

    private static synchronized EmulatedMigrationExtension shared() throws IOException, SQLException {
        if (shared == null) {
            shared = started();
        }
        return shared;
    }

    /** Starts the servers and ends them if anything fails after that, so that the next test starts others. */
    private static EmulatedMigrationExtension started() throws IOException, SQLException {
        Path data = TemporaryDirectory.create("rehome-servers").path();
        Servers servers = new Servers(
                MariaDbSettings.in(data.resolve("mariadb"))
                        // As in production: with replicas, or ready for them.
                        .withServerArguments("--log-bin=binlog", "--binlog-format=ROW", "--server-id=1"),
                RedisSettings.in(data.resolve("redis")),
                ObjectStoreSettings.in(data.resolve("s3"), "unused")
                        .withLatency(LATENCY)
                        .withMaxHeapMebibytes(512));
        try {
            System.out.println("MariaDB of the tests: " + servers.database().version());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(servers, data), "closing the servers"));
            return with(servers);
        } catch (Throwable failure) {
            close(servers, data);
            throw failure;
        }
    }

    private static EmulatedMigrationExtension with(Servers servers) throws IOException, SQLException {
        ClassDataArchives archives = new ClassDataArchives(directory().resolve("classes"));
        EmulatedMigrationExtension made = new EmulatedMigrationExtension(servers, archives);
        archives.make(() -> made.open(directory().resolve("class-data-archives")));
        return made;
    }

    /** A migration on servers of the test's own; the name is that of the folder for its logs. Close it. */
    public static EmulatedMigration on(Servers servers, String name) throws IOException, SQLException {
        return with(servers).open(directory().resolve(name));
    }

    private static void close(Servers servers, Path data) {
        servers.close();
        try {
            FileTree.delete(data);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private EmulatedMigration open(Path logs) throws IOException, SQLException {
        servers.heal();
        // Logs of an earlier build would be taken for those of this one.
        FileTree.delete(logs);
        // Small and quick, so that a fault meets a migration in its middle and its recovery takes seconds.
        return new EmulatedMigration(servers, new TestPrograms(servers, archives), "t" + next(), logs)
                .with("CONSUMER_TASK_COUNT", 2)
                .with("BATCH_SIZE", 20)
                .with("SCAN_WINDOW_ROWS", 100)
                .with("COPY_CONCURRENCY", 4)
                .with("LEASE_SECONDS", 3)
                .with("PASS_DELAY_SECONDS", 0)
                .with("STATUS_SECONDS", 1)
                .with("STOP_TIMEOUT_SECONDS", 10);
    }

    private static synchronized int next() {
        return ++migrations;
    }

    private static Path directory() {
        return Path.of(System.getProperty("rehome.test.directory"));
    }
}
