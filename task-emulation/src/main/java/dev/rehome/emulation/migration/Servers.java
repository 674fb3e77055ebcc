package dev.rehome.emulation.migration;

import dev.rehome.embedded.EmbeddedMariaDb;
import dev.rehome.embedded.EmbeddedObjectStore;
import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.embedded.EmbeddedServer;
import dev.rehome.embedded.MariaDbSettings;
import dev.rehome.embedded.ObjectStoreSettings;
import dev.rehome.embedded.RedisSettings;
import dev.rehome.emulation.seeding.S3Clients;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The MariaDB, Redis and object store of one migration, or of several one after the other. */
public final class Servers implements AutoCloseable {
    static final String REGION = "eu-central-1";
    private static final int S3_CONNECTIONS = 128;

    private final EmbeddedMariaDb database;
    private final EmbeddedRedis redis;
    private final EmbeddedObjectStore store;
    private final S3AsyncClient s3;

    /** Starts the three servers; each keeps its data in the folder of its settings. */
    public Servers(MariaDbSettings database, RedisSettings redis, ObjectStoreSettings store) {
        this.database = EmbeddedMariaDb.start(database);
        this.redis = EmbeddedRedis.start(redis);
        this.store = EmbeddedObjectStore.start(store);
        this.s3 = S3Clients.builder(S3_CONNECTIONS)
                .endpointOverride(this.store.endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(this.store.accessKey(), this.store.secretKey())))
                .build();
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

    /** A client of the object store, past every proxy. */
    public S3AsyncClient s3() {
        return s3;
    }

    /** A connection of the administrator; an empty schema selects none. Close it. */
    Connection connect(String schema) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(schema) + "&connectTimeout=5000&socketTimeout=30000&rewriteBatchedStatements=true",
                database.rootUser(),
                database.rootPassword());
    }

    /** Undoes the faults of a test: thaws and restarts the servers, and makes MariaDB writable. */
    public void heal() {
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
            throw new IllegalStateException("MariaDB can't be made writable for the next migration", failure);
        }
    }

    /** Ends the servers; a second call does nothing. */
    @Override
    public void close() {
        s3.close();
        store.close();
        redis.close();
        database.close();
    }
}
