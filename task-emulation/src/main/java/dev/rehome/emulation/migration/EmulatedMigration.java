package dev.rehome.emulation.migration;

import dev.rehome.emulation.application.ApplicationJournal;
import dev.rehome.emulation.application.ApplicationServers;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.seeding.CatalogSeeding;
import dev.rehome.emulation.seeding.ObjectSeeding;
import dev.rehome.emulation.seeding.SampleRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * One migration on embedded servers: a schema, two buckets and a queue of its own, and its producers and consumers, which are
 * configured only by their environment. Closing it ends all its programs; the servers keep running.
 */
public final class EmulatedMigration extends MigrationPrograms implements ApplicationServers {
    /** The size of each object in bytes, unless {@link #objectSize(int)} sets another. */
    public static final int OBJECT_SIZE = 64;
    /** The mapping table. */
    public static final String MAPPING_TABLE = "rehome_mapping";
    /** The migrator's database user. */
    public static final String USER = "rehome";
    /** The migrator's account in MariaDB. */
    public static final String ACCOUNT = USER + "@'127.0.0.1'";
    /** The password of that account. */
    public static final String PASSWORD = "not a secret";

    private final Servers servers;
    private final String name;
    private final MigrationEnvironment environment;
    private ApplicationJournal journal = new ApplicationJournal(0);
    private int objectSize = OBJECT_SIZE;

    /** Creates the schema, the buckets and the migrator's account, and the folder for the logs of the processes. */
    public EmulatedMigration(Servers servers, Programs programs, String name, Path logs)
            throws IOException, SQLException {
        super(programs, Files.createDirectories(logs));
        this.servers = servers;
        this.name = name;
        for (String bucket : List.of(source(), target())) {
            s3().createBucket(request -> request.bucket(bucket)).join();
        }
        try (Connection root = servers.connect("");
                Statement statement = root.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            statement.execute("CREATE USER IF NOT EXISTS " + ACCOUNT + " IDENTIFIED BY '" + PASSWORD + "'");
            // The privileges that the documentation promises to need, and no others.
            statement.execute("GRANT SELECT, CREATE, DROP, INSERT, UPDATE ON " + name + ".* TO " + ACCOUNT);
        }
        this.environment = new MigrationEnvironment(this, USER, PASSWORD);
    }

    /** The servers. */
    public Servers servers() {
        return servers;
    }

    /** The schema, and the migration's name in Redis. */
    public String name() {
        return name;
    }

    @Override
    public String source() {
        return name + "-legacy";
    }

    /** The new bucket. */
    public String target() {
        return name + "-new";
    }

    @Override
    public S3AsyncClient s3() {
        return servers.s3();
    }

    @Override
    public ApplicationJournal journal() {
        return journal;
    }

    @Override
    public int objectSize() {
        return objectSize;
    }

    /** Sets the size of the objects; call it before {@link #seed}. */
    public EmulatedMigration objectSize(int bytes) {
        objectSize = bytes;
        return this;
    }

    /** A connection of the administrator in the migration's schema; close it. */
    @Override
    public Connection connect() throws SQLException {
        return servers.connect(name);
    }

    /** Fills the table and the legacy bucket. Rows 499, 999 and so on have no object. */
    public EmulatedMigration seed(int rows) throws SQLException {
        return seedRows(rows, done -> {}).seedObjects(rows, done -> {});
    }

    /** Writes the objects of the rows; {@code progress} gets the number of rows done so far. */
    public EmulatedMigration seedObjects(int rows, LongConsumer progress) {
        new ObjectSeeding(s3(), source()).seed(rows, objectSize, progress);
        journal = new ApplicationJournal(rows);
        return this;
    }

    /** Fills the table alone; {@code progress} gets the number of rows done so far. */
    public EmulatedMigration seedRows(int rows, LongConsumer progress) throws SQLException {
        try (Connection connection = connect()) {
            new CatalogSeeding(connection).seed(rows, progress);
        }
        return this;
    }

    /** Sets a variable for all programs started from now on; an empty value removes it. */
    public EmulatedMigration with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    /** Sets variables for all producers started from now on; all must reach MariaDB at the same host and port. */
    public EmulatedMigration withProducers(Map<String, String> variables) {
        environment.putForProducers(variables);
        return this;
    }

    /** The variables of all programs. */
    public Map<String, String> environment() {
        return environment.common();
    }

    @Override
    Map<String, String> environment(String program, Map<String, String> own) {
        return environment.of(program, own);
    }

    /** The queue, read without the migrator's code; close it. */
    public QueueInspector queue() {
        return new QueueInspector(servers.redis().port(), name);
    }

    /**
     * Executes a statement as the administrator, in the migration's schema. Returns the first column of each row of the
     * result, as text; no rows for a statement without a result.
     */
    public List<String> execute(String sql) throws SQLException {
        List<String> column = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            ResultSet row = statement.execute(sql) ? statement.getResultSet() : null;
            while (row != null && row.next()) {
                column.add(row.getString(1));
            }
        }
        return column;
    }

    /** The number that a query of the administrator returns; 0 for NULL and for no row. */
    public long number(String sql) throws SQLException {
        List<String> column = execute(sql);
        return column.isEmpty() || column.get(0) == null ? 0 : Long.parseLong(column.get(0));
    }

    /** The number of rows that the migrator has moved so far. */
    public long migrated() throws SQLException {
        return number("SELECT COUNT(*) FROM `user profile` WHERE avatar_key LIKE BINARY '" + SampleRow.TARGET_PREFIX
                + "%' AND avatar_key NOT LIKE '" + SampleRow.EARLIER_PREFIX + "%'");
    }

    /** Waits until at least this many rows are migrated. */
    public void awaitMigrated(long rows) {
        Await.until(rows + " rows are migrated", Await.RUN, () -> migrated() >= rows);
    }

    /** The state of the latest run in the migrator's ledger; {@code unknown} while MariaDB is down or has no ledger. */
    public String runState() {
        try {
            List<String> states = execute("SELECT state FROM " + MAPPING_TABLE + "_run ORDER BY run_no DESC LIMIT 1");
            return states.isEmpty() ? "none" : states.get(0);
        } catch (SQLException away) {
            return "unknown";
        }
    }
}
