package dev.rehome.emulation;

import dev.rehome.embedded.EmbeddedMariaDb;
import dev.rehome.embedded.EmbeddedObjectStore;
import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.embedded.EmbeddedServer;
import dev.rehome.embedded.MariaDbSettings;
import dev.rehome.embedded.ObjectStoreSettings;
import dev.rehome.emulation.chaos.Fault;
import dev.rehome.emulation.seeding.CatalogSeeding;
import dev.rehome.emulation.seeding.SampleRow;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The three services of a rehearsal, and what a process must be told to find them. */
final class RehearsalServices implements AutoCloseable {
    static final String SOURCE_BUCKET = "legacy-bucket";
    static final String TARGET_BUCKET = "new-bucket";
    static final String SCHEMA = "shop";
    static final String MAPPING_TABLE = "rehome_mapping";
    private static final String USER = "rehome";
    private static final String REGION = "eu-central-1";

    private final EmbeddedMariaDb database;
    private final EmbeddedRedis redis;
    private final EmbeddedObjectStore store;
    private final String password;

    RehearsalServices(Path directory, Duration latency, String password) throws SQLException {
        this.password = password;
        this.database = EmbeddedMariaDb.start(
                MariaDbSettings.in(directory.resolve("mariadb")).withDatabases(SCHEMA));
        this.redis = EmbeddedRedis.start(directory.resolve("redis"));
        this.store =
                EmbeddedObjectStore.start(ObjectStoreSettings.in(directory.resolve("s3"), SOURCE_BUCKET, TARGET_BUCKET)
                        .withLatency(latency));
        createUser();
    }

    /** The migration gets the rights that it asks of production, and no more. */
    private void createUser() throws SQLException {
        try (Connection root = connect();
                Statement statement = root.createStatement()) {
            statement.execute("CREATE USER " + USER + "@'127.0.0.1' IDENTIFIED BY '" + password + "'");
            statement.execute(
                    "GRANT SELECT, CREATE, DROP, INSERT, UPDATE ON " + SCHEMA + ".* TO " + USER + "@'127.0.0.1'");
        }
    }

    /** A connection of the administrator, in the sample's schema. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(SCHEMA) + "&rewriteBatchedStatements=true",
                database.rootUser(),
                database.rootPassword());
    }

    /** A client of the object store. */
    S3AsyncClient objectStore() {
        return S3AsyncClient.builder()
                .endpointOverride(store.endpoint())
                .region(Region.of(REGION))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(store.accessKey(), store.secretKey())))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .maxConcurrency(128)
                        .connectionAcquisitionTimeout(Duration.ofSeconds(60)))
                .build();
    }

    /** The environment of the producer and the consumers, as a task definition would set it. */
    Map<String, String> environment(int batchSize, int consumers) {
        URI endpoint = store.endpoint();
        Map<String, String> env = new TreeMap<>();
        env.put("SOURCE_S3_BUCKET", SOURCE_BUCKET);
        env.put("TARGET_S3_BUCKET", TARGET_BUCKET);
        env.put("LEGACY_S3_OBJECT_PREFIX", SampleRow.LEGACY_PREFIX);
        env.put("TARGET_OBJECT_PREFIX", SampleRow.TARGET_PREFIX);
        env.put("TEMP_TABLE_FOR_UPDATE", MAPPING_TABLE);
        env.put("DATABASE_HOST", "127.0.0.1");
        env.put("DATABASE_PORT", Integer.toString(database.port()));
        env.put("DB_USER", USER);
        env.put("DB_PASSWORD", password);
        env.put("DATABASE_NAME", SCHEMA);
        env.put("DATABASE_TABLE_TO_UPDATE", CatalogSeeding.TABLE);
        env.put("TABLE_COLUMN_NAME_TO_UPDATE", CatalogSeeding.COLUMN);
        env.put("ON_UPDATE_TIMESTAMPS", "keep");
        env.put("REDIS_HOST", "127.0.0.1");
        env.put("REDIS_PORT", Integer.toString(redis.port()));
        env.put("AWS_REGION", REGION);
        env.put("AWS_ENDPOINT_URL_S3", endpoint.toString());
        env.put("AWS_ACCESS_KEY_ID", store.accessKey());
        env.put("AWS_SECRET_ACCESS_KEY", store.secretKey());
        env.put("BATCH_SIZE", Integer.toString(batchSize));
        env.put("CONSUMER_TASK_COUNT", Integer.toString(consumers));
        // Shorter than in production, so that a process killed by hand is made up for while one watches.
        env.put("LEASE_SECONDS", "10");
        env.put("STATUS_SECONDS", "5");
        env.put("JDK_JAVA_OPTIONS", "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        return env;
    }

    /** The processes of the services, by name. */
    Map<String, Long> pids() {
        Map<String, Long> pids = new TreeMap<>();
        pids.put("mariadb", database.pid());
        pids.put("redis", redis.pid());
        pids.put("object store", store.pid());
        return pids;
    }

    /** What can go wrong with the servers. The object store keeps its objects in memory, so it is only frozen. */
    List<Fault> faults() {
        return List.of(
                new Fault("Redis killed", time -> {
                    redis.kill();
                    redis.restart();
                }),
                new Fault("Redis wiped", time -> redis.wipe()),
                new Fault("Redis frozen", time -> frozen(redis, time)),
                new Fault("MariaDB killed", time -> {
                    database.kill();
                    database.restart();
                }),
                new Fault("MariaDB frozen", time -> frozen(database, time / 4)),
                new Fault("object store frozen", time -> frozen(store, time)));
    }

    private static void frozen(EmbeddedServer server, long millis) throws InterruptedException {
        server.freeze();
        try {
            Thread.sleep(millis);
        } finally {
            server.thaw();
        }
    }

    @Override
    public void close() {
        store.close();
        redis.close();
        database.close();
    }
}
