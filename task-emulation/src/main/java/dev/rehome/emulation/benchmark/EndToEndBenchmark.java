package dev.rehome.emulation.benchmark;

import dev.rehome.embedded.MariaDbSettings;
import dev.rehome.embedded.RedisSettings;
import dev.rehome.emulation.benchmark.s3.SyntheticS3Process;
import dev.rehome.emulation.benchmark.s3.SyntheticS3Settings;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.Programs;
import dev.rehome.emulation.migration.RestartedProcesses;
import dev.rehome.emulation.migration.Servers;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.ResourceUse;
import dev.rehome.emulation.process.RestartedProcess;
import dev.rehome.emulation.verification.JournalVerification;
import dev.rehome.emulation.verification.RowVerification;
import dev.rehome.emulation.verification.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whole migrations: a producer and consumers, MariaDB with a binary log and durable commits, Redis with its append-only
 * file, and a synthetic S3 server. After each migration, every row is read back.
 *
 * @param directory for data and logs
 * @param programs how producer and consumers are started
 */
record EndToEndBenchmark(Path directory, Programs programs) {
    static final String RATE = "records/s";
    static final String PRODUCER = "producer";
    static final String CONSUMERS = "consumers";

    static final List<String> DURABLE = List.of(
            "--log-bin=binlog",
            "--binlog-format=ROW",
            "--sync-binlog=1",
            "--innodb-flush-log-at-trx-commit=1",
            "--innodb-buffer-pool-size=1G",
            "--innodb-log-file-size=1G");

    /**
     * One migration.
     *
     * @param name the case in the report
     * @param rows of the table
     * @param consumers consumer processes
     * @param latency of each response of S3
     * @param environment variables of the processes, in addition to those that every migration needs
     */
    record Shape(String name, int rows, int consumers, Duration latency, Map<String, String> environment) {}

    /** Runs a migration several times; {@code part} is that of the report. */
    void run(String part, Shape shape, int repeats, Report report) throws IOException, SQLException {
        Map<String, List<Double>> figures = new LinkedHashMap<>();
        for (int i = 1; i <= repeats; i++) {
            measure(shape, i)
                    .forEach((figure, value) -> figures.computeIfAbsent(figure, any -> new ArrayList<>())
                            .add(value));
        }
        figures.forEach((figure, values) -> report.add(part, shape.name, figure, Spread.of(values)));
    }

    /** One migration's figures by their names; {@code repeat} distinguishes its logs. */
    Map<String, Double> measure(Shape shape, int repeat) throws IOException, SQLException {
        Path own = Files.createDirectories(directory.resolve(shape.name.replaceAll("\\W+", "-") + "-" + repeat));
        SyntheticS3Settings settings = SyntheticS3Settings.of(shape.rows, 1_024).delayed(shape.latency, Duration.ZERO);
        try (SyntheticS3Process store = new SyntheticS3Process(settings, own.resolve("s3.log"));
                Servers servers = new Servers(
                        MariaDbSettings.in(own.resolve("mariadb")).withServerArguments(DURABLE.toArray(String[]::new)),
                        RedisSettings.in(own.resolve("redis")),
                        store.access());
                EmulatedMigration migration = new EmulatedMigration(servers, programs, "bench", own)) {
            migration.seedRows(shape.rows, done -> {});
            migration.with("JDK_JAVA_OPTIONS", "-Xmx256m -XX:+UseSerialGC");
            shape.environment.forEach(migration::with);
            ResourceUse database = ResourceUse.of(servers.database().pid());
            ResourceUse queue = ResourceUse.of(servers.redis().pid());
            ResourceUse s3 = store.use();
            Map<String, Double> figures = new LinkedHashMap<>();
            try (RestartedProcesses processes =
                    RestartedProcesses.untilDone(migration, shape.consumers, note -> System.out.println(note))) {
                Await.until("the migration ends", Duration.ofHours(1), processes::poll);
                double records = records(migration);
                figures.put(RATE, records * 1e6 / micros(migration));
                put(figures, PRODUCER, processes.producer().use(), ResourceUse.NONE, records);
                put(figures, CONSUMERS, consumers(processes), ResourceUse.NONE, records);
                put(figures, "MariaDB", ResourceUse.of(servers.database().pid()), database, records);
                put(figures, "Redis", ResourceUse.of(servers.redis().pid()), queue, records);
                put(figures, "S3", store.use(), s3, records);
            }
            check(migration, store, shape.rows);
            return figures;
        }
    }

    private static ResourceUse consumers(RestartedProcesses processes) {
        return processes.all().stream().skip(1).map(RestartedProcess::use).reduce(ResourceUse.NONE, ResourceUse::plus);
    }

    /** The figure of the CPU time that a process, such as {@code producer}, takes for a record. */
    static String cpu(String process) {
        return process + " CPU µs a record";
    }

    private static void put(
            Map<String, Double> figures, String process, ResourceUse use, ResourceUse before, double records) {
        figures.put(cpu(process), use.cpu().minus(before.cpu()).toNanos() / 1e3 / records);
        figures.put(process + " peak MiB", (double) (use.peakMemory() >> 20));
    }

    private static double records(EmulatedMigration migration) throws SQLException {
        return migration.number(
                "SELECT SUM(migrated + changed + deleted + failed) FROM " + EmulatedMigration.MAPPING_TABLE + "_batch");
    }

    /** From the start of the run, just before its first scan, to the last UPDATE. */
    private static double micros(EmulatedMigration migration) throws SQLException {
        return migration.number("SELECT TIMESTAMPDIFF(MICROSECOND, MIN(started_at), (SELECT MAX(applied_at) FROM "
                + EmulatedMigration.MAPPING_TABLE + "_batch)) FROM " + EmulatedMigration.MAPPING_TABLE + "_run");
    }

    /** Fails unless every row and every copy is right: the figures of an incomplete migration would be meaningless. */
    private static void check(EmulatedMigration migration, SyntheticS3Process store, int rows) throws SQLException {
        Verdict verdict = new Verdict();
        try (Connection connection = migration.connect()) {
            new RowVerification(connection, EmulatedMigration.MAPPING_TABLE).judge(rows, verdict);
        }
        new JournalVerification(store).judge(rows, verdict);
        if (!verdict.holds()) {
            throw new IllegalStateException("The migration's result is wrong, so its figures are void:\n"
                    + String.join("\n", verdict.breaches()));
        }
    }
}
