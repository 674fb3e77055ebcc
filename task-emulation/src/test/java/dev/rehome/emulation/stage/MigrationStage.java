package dev.rehome.emulation.stage;

import dev.rehome.emulation.application.ApplicationJournal;
import dev.rehome.emulation.seeding.CatalogSeeding;
import dev.rehome.emulation.seeding.ObjectSeeding;
import dev.rehome.emulation.seeding.SampleRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * One migration on the shared servers: a schema, two buckets and a name in Redis of its own, and its producers and
 * consumers as processes that are told everything by their environment. Ends all of them when it is closed.
 */
public final class MigrationStage implements AutoCloseable {
    /** Bytes of each object. */
    public static final int OBJECT_SIZE = 64;
    /** The mapping table. */
    public static final String MAPPING = "rehome_mapping";

    /** The migrator's database user. */
    public static final String USER = "rehome";
    /** Whom the migrator is for MariaDB. */
    static final String ACCOUNT = USER + "@'127.0.0.1'";

    private static final String PASSWORD = "not a secret";

    private final Servers servers;
    private final Path directory;
    private final String name;
    private final List<MigrationProcess> processes = new ArrayList<>();
    private final Map<String, String> environment;
    private ApplicationJournal journal = new ApplicationJournal(0);

    MigrationStage(Servers servers, Path directory) throws IOException, SQLException {
        this.servers = servers;
        this.directory = Files.createDirectories(directory);
        this.name = "t" + servers.next();
        servers.heal();
        for (String bucket : List.of(source(), target())) {
            s3().createBucket(request -> request.bucket(bucket)).join();
        }
        try (Connection root = servers.connect("");
                Statement statement = root.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            statement.execute("CREATE USER IF NOT EXISTS " + ACCOUNT + " IDENTIFIED BY '" + PASSWORD + "'");
            // The rights that production promises, and no more.
            statement.execute("GRANT SELECT, CREATE, DROP, INSERT, UPDATE ON " + name + ".* TO " + ACCOUNT);
        }
        this.environment = new StageEnvironment(servers, name, source(), target(), USER, PASSWORD).variables();
    }

    /** The servers, to be struck; healed before the next test. */
    public Servers servers() {
        return servers;
    }

    /** The legacy bucket. */
    public String source() {
        return name + "-legacy";
    }

    /** The new bucket. */
    public String target() {
        return name + "-new";
    }

    /** The schema, and the migration's name in Redis. */
    public String name() {
        return name;
    }

    /** A client of the object store that goes past every proxy. */
    public S3AsyncClient s3() {
        return servers.s3();
    }

    /** What the application wrote, the seeding first. */
    public ApplicationJournal journal() {
        return journal;
    }

    /** A connection of the administrator in the stage's schema; close it. */
    public Connection connect() throws SQLException {
        return servers.connect(name);
    }

    /** A connection with the migrator's rights in the stage's schema; close it. */
    public Connection connectAsMigrator() throws SQLException {
        return DriverManager.getConnection(servers.database().jdbcUrl(name), USER, PASSWORD);
    }

    /** Fills table and bucket. Rows 499, 999 and so on lack their object. */
    public MigrationStage seed(int rows) throws SQLException {
        try (Connection connection = connect()) {
            new CatalogSeeding(connection).seed(rows, soFar -> {});
        }
        new ObjectSeeding(s3(), source()).seed(rows, OBJECT_SIZE, soFar -> {});
        journal = new ApplicationJournal(rows);
        return this;
    }

    /** Sets a variable for all processes started from now on. */
    public MigrationStage with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    /** What a variable is set to. */
    public String variable(String name, String unset) {
        return environment.getOrDefault(name, unset);
    }

    /** Starts {@code producer run}. */
    public MigrationProcess producer() {
        return producer(Map.of(), "run");
    }

    /** Starts the producer with variables and arguments of its own. */
    public MigrationProcess producer(Map<String, String> variables, String... arguments) {
        return start("producer", variables, arguments);
    }

    /** Starts {@code consumer run}. */
    public MigrationProcess consumer() {
        return consumer(Map.of());
    }

    /** Starts {@code consumer run} with variables of its own. */
    public MigrationProcess consumer(Map<String, String> variables) {
        return consumer(variables, "run");
    }

    /** Starts the consumer with variables and arguments of its own. */
    public MigrationProcess consumer(Map<String, String> variables, String... arguments) {
        return start("consumer", variables, arguments);
    }

    private MigrationProcess start(String kind, Map<String, String> variables, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(servers.classes().options(kind));
        command.addAll(List.of("-jar", program(kind).toString()));
        command.addAll(List.of(arguments));
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(variables);
        all.values().removeIf(String::isEmpty);
        String process = processes.size() + 1 + "-" + kind;
        MigrationProcess started = new MigrationProcess(process, command, all, directory.resolve(process + ".log"));
        processes.add(started);
        return started;
    }

    /** How many rows the migrator has moved so far. */
    public int migrated() throws SQLException {
        return CatalogRows.count(
                this,
                "avatar_key LIKE BINARY '" + SampleRow.TARGET_PREFIX + "%'" + " AND avatar_key NOT LIKE '"
                        + SampleRow.TARGET_PREFIX + "earlier/%'");
    }

    /** The program of a kind, as it is shipped. */
    static Path program(String kind) {
        return Path.of(System.getProperty("rehome.test." + kind));
    }

    /** A look into the queue; close it. */
    public Queue queue() {
        return new Queue(servers.redis().port(), name);
    }

    /** Does something as the administrator, in the stage's schema. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A folder of this stage's own, for files that the test itself makes; not there yet, and gone with the servers. */
    public Path folder(String folder) {
        return servers.directory().resolve(name + "-" + folder);
    }

    /** Waits until at least so many rows are moved. */
    public void awaitMigrated(int rows) {
        Patience.until(rows + " rows are migrated", Patience.RUN, () -> migrated() >= rows);
    }

    /** Ends every connection of the migrator on the server's side. */
    public void dropConnections() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("KILL CONNECTION USER " + USER);
        }
    }

    /** What the migrator's ledger says of its latest run; for moments. */
    public String runState() {
        try {
            List<String> runs = runs();
            return runs.isEmpty() ? "none" : runs.get(0).replaceFirst(" .*", "");
        } catch (SQLException away) {
            return "unknown";
        }
    }

    /** State, beginning and end of each run by the migrator's ledger, the latest first. */
    public List<String> runs() throws SQLException {
        List<String> runs = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CONCAT_WS(' ', state, run_no, started_at, completed_at)"
                        + " FROM " + MAPPING + "_run ORDER BY run_no DESC")) {
            while (row.next()) {
                runs.add(row.getString(1));
            }
        }
        return runs;
    }

    @Override
    public void close() {
        processes.forEach(MigrationProcess::close);
        servers.heal();
    }
}
