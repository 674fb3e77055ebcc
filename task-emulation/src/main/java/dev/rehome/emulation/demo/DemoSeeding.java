package dev.rehome.emulation.demo;

import dev.rehome.emulation.seeding.CatalogSeeding;
import dev.rehome.emulation.seeding.ObjectSeeding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/** Creates buckets, objects, the sample table and the migration's user. Repeating it changes nothing. */
@Command(name = "seed", description = "Creates the sample data unless it exists.")
final class DemoSeeding implements Callable<Integer> {
    @Mixin
    private DemoServices services;

    @Option(names = "--user", required = true, defaultValue = "${env:DB_USER}")
    private String user;

    @Option(names = "--password", required = true, defaultValue = "${env:DB_PASSWORD}")
    private String password;

    @Override
    public Integer call() throws SQLException {
        if (!services.table.equals(CatalogSeeding.TABLE)) {
            System.out.println("Nothing was seeded, because DATABASE_TABLE_TO_UPDATE isn't the demo's table `"
                    + CatalogSeeding.TABLE + "`");
            return 0;
        }
        try (Connection connection = services.connect();
                S3AsyncClient s3 = services.objectStore()) {
            grant(connection);
            List.of(services.sourceBucket, services.targetBucket).forEach(bucket -> create(s3, bucket));
            if (exists(connection)) {
                return judgeExisting(connection);
            }
            long objects =
                    new ObjectSeeding(s3, services.sourceBucket).seed(services.rows, services.objectSize, done -> {});
            // The table is created last: if it exists, everything else does, too.
            new CatalogSeeding(connection).seed(services.rows, done -> {});
            System.out.printf(Locale.ROOT, "Seeded %,d rows and %,d objects%n", services.rows, objects);
            return 0;
        }
    }

    /** Grants the migration only those privileges that it needs in production. */
    private void grant(Connection connection) throws SQLException {
        // The driver inserts the parameters, because the server accepts none in these statements.
        try (PreparedStatement create = connection.prepareStatement("CREATE OR REPLACE USER ?@'%' IDENTIFIED BY ?");
                PreparedStatement grant = connection.prepareStatement("GRANT SELECT, CREATE, DROP, INSERT, UPDATE ON `"
                        + services.schema.replace("`", "``") + "`.* TO ?@'%'")) {
            create.setString(1, user);
            create.setString(2, password);
            create.execute();
            grant.setString(1, user);
            grant.execute();
        }
    }

    private static void create(S3AsyncClient s3, String bucket) {
        try {
            s3.createBucket(request -> request.bucket(bucket)).join();
        } catch (CompletionException failure) {
            if (!(failure.getCause() instanceof BucketAlreadyOwnedByYouException)
                    && !(failure.getCause() instanceof BucketAlreadyExistsException)) {
                throw failure;
            }
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        return count(
                        connection,
                        "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '"
                                + CatalogSeeding.TABLE + "'")
                > 0;
    }

    private int judgeExisting(Connection connection) throws SQLException {
        long rows = count(connection, "SELECT COUNT(*) FROM `" + CatalogSeeding.TABLE + "`");
        if (rows == services.rows) {
            System.out.printf(Locale.ROOT, "Nothing was seeded, because the %,d rows exist already%n", rows);
            return 0;
        }
        System.err.printf(
                Locale.ROOT,
                "The sample table has %,d rows, expected %,d. Remove the demo's data: docker compose --profile demo down -v%n",
                rows,
                services.rows);
        return 1;
    }

    private static long count(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }
}
