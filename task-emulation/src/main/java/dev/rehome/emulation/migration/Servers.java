package dev.rehome.emulation.migration;

import dev.rehome.embedded.EmbeddedMariaDb;
import dev.rehome.embedded.EmbeddedObjectStore;
import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.embedded.EmbeddedServer;
import dev.rehome.embedded.MariaDbSettings;
import dev.rehome.embedded.ObjectStoreSettings;
import dev.rehome.embedded.RedisSettings;
import dev.rehome.emulation.seeding.S3Clients;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The MariaDB, Redis and object store of one migration, or of several in succession. */
public final class Servers implements AutoCloseable {
    static final String REGION = "eu-central-1";
    private static final int S3_CONNECTIONS = 128;

    private final EmbeddedMariaDb database;
    private final EmbeddedRedis redis;
    private final Optional<EmbeddedObjectStore> store;
    private final S3Endpoint endpoint;
    private final S3AsyncClient s3;

    /** Starts the three servers; each keeps its data in the folder of its settings. */
    public Servers(MariaDbSettings database, RedisSettings redis, ObjectStoreSettings store) {
        this(EmbeddedMariaDb.start(database), EmbeddedRedis.start(redis), EmbeddedObjectStore.start(store));
    }

    /** The same; {@code onStart} gets the name of each server before it is started. */
    public Servers(MariaDbSettings database, RedisSettings redis, ObjectStoreSettings store, Consumer<String> onStart) {
        this(
                starting("MariaDB", onStart, () -> EmbeddedMariaDb.start(database)),
                starting("Redis", onStart, () -> EmbeddedRedis.start(redis)),
                starting("the S3-compatible server", onStart, () -> EmbeddedObjectStore.start(store)));
    }

    private static <T> T starting(String name, Consumer<String> onStart, Supplier<T> start) {
        onStart.accept(name);
        return start.get();
    }

    /** Starts MariaDB and Redis; the object store runs already. */
    public Servers(MariaDbSettings database, RedisSettings redis, S3Endpoint store) {
        this(EmbeddedMariaDb.start(database), EmbeddedRedis.start(redis), Optional.empty(), store);
    }

    private Servers(EmbeddedMariaDb database, EmbeddedRedis redis, EmbeddedObjectStore store) {
        this(
                database,
                redis,
                Optional.of(store),
                new S3Endpoint(store.endpoint(), store.accessKey(), store.secretKey()));
    }

    private Servers(
            EmbeddedMariaDb database, EmbeddedRedis redis, Optional<EmbeddedObjectStore> store, S3Endpoint endpoint) {
        this.database = database;
        this.redis = redis;
        this.store = store;
        this.endpoint = endpoint;
        this.s3 = S3Clients.builder(S3_CONNECTIONS)
                .endpointOverride(endpoint.uri())
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(endpoint.accessKey(), endpoint.secretKey())))
                .build();
    }

    /** The address and the keys of an object store. */
    public record S3Endpoint(URI uri, String accessKey, String secretKey) {}

    /** MariaDB. */
    public EmbeddedMariaDb database() {
        return database;
    }

    /** Redis. */
    public EmbeddedRedis redis() {
        return redis;
    }

    /** The object store, if it is one of these servers. */
    public EmbeddedObjectStore store() {
        return store.orElseThrow();
    }

    /** Address and keys of the object store. */
    public S3Endpoint endpoint() {
        return endpoint;
    }

    /** A client of the object store, not through any proxy. */
    public S3AsyncClient s3() {
        return s3;
    }

    /** A connection of the administrator; an empty schema selects none. Close it. */
    Connection connect(String schema) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(schema) + "&connectTimeout=5000&socketTimeout=120000&rewriteBatchedStatements=true",
                database.rootUser(),
                database.rootPassword());
    }

    /** Undoes the faults of a test: thaws and restarts the servers, and makes MariaDB writable. */
    public void heal() {
        for (EmbeddedServer server : List.of(database, redis, store())) {
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
            throw new IllegalStateException("MariaDB can't be made writable for the next migration", failure);
        }
    }

    /** Ends the servers; a second call does nothing. */
    @Override
    public void close() {
        s3.close();
        store.ifPresent(EmbeddedObjectStore::close);
        redis.close();
        database.close();
    }
}
