package dev.rehome.emulation.stage;

import dev.rehome.embedded.EmbeddedMariaDb;
import dev.rehome.embedded.EmbeddedObjectStore;
import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.embedded.EmbeddedServer;
import dev.rehome.embedded.MariaDbSettings;
import dev.rehome.embedded.ObjectStoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The servers that all end-to-end tests of this JVM share: starting them takes longer than most tests. */
public final class Servers implements AutoCloseable {
    static final String REGION = "eu-central-1";
    /** Holds each answer of the store back a little, so that there is a middle of a migration to strike in. */
    private static final Duration LATENCY = Duration.ofMillis(5);

    private final Path directory;
    private final EmbeddedMariaDb database;
    private final EmbeddedRedis redis;
    private final EmbeddedObjectStore store;
    private final S3AsyncClient s3;
    private final SharedClasses classes;
    private int stages;

    /** Starts them; {@code parent} gets a folder for their data, which {@link #close} deletes. */
    Servers(Path parent) throws IOException {
        Files.createDirectories(parent);
        this.directory = Files.createTempDirectory(parent, "servers-");
        this.database = EmbeddedMariaDb.start(MariaDbSettings.in(directory.resolve("mariadb"))
                // As in production: with replicas, or ready for them.
                .withServerArguments("--log-bin=binlog", "--binlog-format=ROW", "--server-id=1"));
        System.out.println("The stage's MariaDB is " + database.version());
        this.redis = EmbeddedRedis.start(directory.resolve("redis"));
        this.store = EmbeddedObjectStore.start(ObjectStoreSettings.in(directory.resolve("s3"), "unused")
                .withLatency(LATENCY)
                .withMaxHeapMebibytes(512));
        this.s3 = client();
        this.classes = new SharedClasses(parent);
    }

    private S3AsyncClient client() {
        return S3AsyncClient.builder()
                .endpointOverride(store.endpoint())
                .region(Region.of(REGION))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(store.accessKey(), store.secretKey())))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .maxConcurrency(64)
                        .connectionAcquisitionTimeout(Duration.ofMinutes(1)))
                .build();
    }

    /** For data; deleted at the end. */
    Path directory() {
        return directory;
    }

    /** MariaDB. */
    public EmbeddedMariaDb database() {
        return database;
    }

    /** Redis. */
    public EmbeddedRedis redis() {
        return redis;
    }

    /** The object store. */
    public EmbeddedObjectStore store() {
        return store;
    }

    S3AsyncClient s3() {
        return s3;
    }

    SharedClasses classes() {
        return classes;
    }

    /** A connection of the administrator; close it. */
    Connection connect(String schema) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(schema) + "&connectTimeout=5000&socketTimeout=30000",
                database.rootUser(),
                database.rootPassword());
    }

    /** A number that no other test has. */
    synchronized int next() {
        return ++stages;
    }

    /** Thaws what is frozen, starts what was killed and lets MariaDB be written to, for the next test. */
    void heal() {
        for (EmbeddedServer server : List.of(database, redis, store)) {
            try {
                server.thaw();
            } catch (IllegalStateException killed) {
                server.restart();
            }
        }
        try (Connection root = connect("");
                Statement statement = root.createStatement()) {
            statement.execute("SET GLOBAL read_only = 0");
        } catch (SQLException failure) {
            throw new IllegalStateException("MariaDB is not healed", failure);
        }
    }

    /** Ends them; a second call does nothing. */
    @Override
    public void close() throws IOException {
        s3.close();
        store.close();
        redis.close();
        database.close();
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
