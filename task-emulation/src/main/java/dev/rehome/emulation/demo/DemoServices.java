package dev.rehome.emulation.demo;

import dev.rehome.emulation.seeding.S3Clients;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The services of the demo, found by the environment variables of the producer and the consumer. */
final class DemoServices {
    @Option(names = "--source-bucket", required = true, defaultValue = "${env:SOURCE_S3_BUCKET}")
    String sourceBucket;

    @Option(names = "--target-bucket", required = true, defaultValue = "${env:TARGET_S3_BUCKET}")
    String targetBucket;

    @Option(names = "--host", required = true, defaultValue = "${env:DATABASE_HOST}")
    private String host;

    @Option(names = "--port", defaultValue = "${env:DATABASE_PORT:-3306}")
    private int port;

    @Option(names = "--schema", required = true, defaultValue = "${env:DATABASE_NAME}")
    String schema;

    @Option(names = "--table", required = true, defaultValue = "${env:DATABASE_TABLE_TO_UPDATE}")
    String table;

    @Option(names = "--mapping-table", required = true, defaultValue = "${env:TEMP_TABLE_FOR_UPDATE}")
    String mappingTable;

    @Option(names = "--root-password", required = true, defaultValue = "${env:MARIADB_ROOT_PASSWORD}")
    private String rootPassword;

    @Option(names = "--rows", defaultValue = "${env:DEMO_ROWS:-5000}", description = "Rows of the sample table.")
    int rows;

    @Option(names = "--object-size", defaultValue = "${env:DEMO_OBJECT_SIZE:-2048}", description = "Bytes of each.")
    int objectSize;

    /** A connection of the administrator. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "root");
        properties.setProperty("password", rootPassword);
        properties.setProperty("sslMode", "disable");
        properties.setProperty("rewriteBatchedStatements", "true");
        return DriverManager.getConnection("jdbc:mariadb://" + host + ":" + port + "/" + schema, properties);
    }

    /** A client of the object store; the SDK reads endpoint, region and keys from the environment. */
    S3AsyncClient objectStore() {
        return S3Clients.builder(64).build();
    }
}
