package dev.rehome.emulation.benchmark;

import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.embedded.FileTree;
import dev.rehome.embedded.MariaDbSettings;
import dev.rehome.embedded.RedisSettings;
import dev.rehome.emulation.benchmark.EndToEndBenchmark.Shape;
import dev.rehome.emulation.benchmark.engine.EngineBenchmark;
import dev.rehome.emulation.benchmark.engine.EngineBenchmark.Timing;
import dev.rehome.emulation.benchmark.s3.SyntheticS3;
import dev.rehome.emulation.benchmark.s3.SyntheticS3Settings;
import dev.rehome.emulation.migration.BuiltPrograms;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.Programs;
import dev.rehome.emulation.migration.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The command line of {@code ./bench}. */
@Command(
        name = "bench",
        description = {
            "Measures on this machine, with every server in a process of its own, and prints a table for each part: the"
                    + " median of the repeats, with the lowest and highest in parentheses. Keep the machine idle while it"
                    + " runs. To measure single calls with JMH, see ./bench micro -h."
        })
public final class BenchCommand implements Callable<Integer> {
    private static final List<String> USUAL = List.of("engine", "end-to-end", "database", "queue");
    private static final String SCALE_OUT = "scale-out";
    private static final Duration SCALE_OUT_LATENCY = Duration.ofMillis(50);
    private static final int SCALE_OUT_IN_FLIGHT = 64;
    private static final int SCALE_OUT_ROWS = 150_000;

    @CommandLine.Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PART",
            description =
                    "Parts to measure: engine, end-to-end, database, queue, scale-out, peers; default: the first four.")
    private List<String> parts = USUAL;

    @Option(
            names = "--engines",
            split = ",",
            paramLabel = "NAME",
            description = "Copy engines of the part engine (${DEFAULT-VALUE}).")
    private List<String> engines = List.of("sdk", "lean", "raw");

    @Option(names = "--engine", paramLabel = "NAME", description = "Copy engine of the migrations (${DEFAULT-VALUE}).")
    private String engine = "lean";

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows of the parts end-to-end and peers (${DEFAULT-VALUE}).")
    private int rows = 200_000;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "Setting of producer and consumers in the part end-to-end, such as BATCH_SIZE=1000; repeatable.")
    private Map<String, String> set = Map.of();

    @Option(names = "--warm-up", paramLabel = "S", description = "Seconds of warm-up of an engine (${DEFAULT-VALUE}).")
    private int warmUp = 4;

    @Option(names = "--window", paramLabel = "S", description = "Seconds of one measurement of it (${DEFAULT-VALUE}).")
    private int window = 2;

    @Option(names = "--repeats", paramLabel = "N", description = "Measurements of each case (${DEFAULT-VALUE}).")
    private int repeats = 3;

    @Option(names = "--json", paramLabel = "FILE", description = "File to write all figures to (${DEFAULT-VALUE}).")
    private Path json = Path.of("bench.json");

    @Option(names = "--keep", description = "Keep the logs.")
    private boolean keep;

    @Option(names = "--home", hidden = true, description = "The project's folder.")
    private Path home = Path.of(System.getProperty("rehome.home", "."));

    @Override
    public Integer call() throws Exception {
        home = home.toAbsolutePath().normalize();
        Path directory = Files.createDirectories(
                home.resolve(".rehearsal").resolve("bench-" + Instant.now().toEpochMilli()));
        Report report = new Report();
        System.out.println(Report.machine());
        for (String part : parts) {
            System.out.println();
            run(part, Files.createDirectories(directory.resolve(part)), report);
            report.table(part).forEach(System.out::println);
            Files.writeString(json, report.json());
        }
        System.out.println();
        System.out.println("The figures are in " + json);
        if (keep) {
            System.out.println("The logs are in " + directory);
        } else {
            FileTree.delete(directory);
        }
        return 0;
    }

    private void run(String part, Path directory, Report report) throws Exception {
        switch (part) {
            case "engine" ->
                new EngineBenchmark(directory, new Timing(warmUp, window, repeats), System.out::println)
                        .run(engines, report);
            case "end-to-end" -> migrate(part, directory, shape(rows, 1, Duration.ZERO, set), report);
            case SCALE_OUT -> {
                Map<String, String> few = Map.of("COPY_CONCURRENCY", Integer.toString(SCALE_OUT_IN_FLIGHT));
                for (int consumers : List.of(1, 2, 4)) {
                    Shape shape = shape(SCALE_OUT_ROWS * consumers, consumers, SCALE_OUT_LATENCY, few);
                    migrate(part, directory, shape, report);
                }
            }
            case PeersBenchmark.PART ->
                new PeersBenchmark(directory, System.out::println)
                        .run(
                                new EndToEndBenchmark(directory, programs()),
                                shape(rows, 1, Duration.ZERO, set),
                                repeats,
                                report);
            case DatabaseBenchmark.PART -> database(directory, report);
            case QueueBenchmark.PART -> {
                try (EmbeddedRedis redis = EmbeddedRedis.start(directory.resolve("redis"))) {
                    new QueueBenchmark(redis.port(), redis.pid()).run(repeats, report);
                }
            }
            default ->
                throw new ParameterException(
                        spec.commandLine(),
                        part + " is not a part: expected some of " + USUAL + ", " + SCALE_OUT + " and "
                                + PeersBenchmark.PART);
        }
    }

    private Shape shape(int ofTable, int consumers, Duration latency, Map<String, String> settings) {
        String name = String.format("%s, %,d rows, %d consumers", engine, ofTable, consumers);
        Map<String, String> all = new TreeMap<>(settings);
        all.put("COPY_ENGINE", engine);
        return new Shape(name, ofTable, consumers, latency, all);
    }

    private void migrate(String part, Path directory, Shape shape, Report report) throws IOException, SQLException {
        System.out.println("  " + shape.name());
        new EndToEndBenchmark(directory, programs()).run(part, shape, repeats, report);
    }

    private void database(Path directory, Report report) throws IOException, SQLException {
        // The migration needs buckets to exist; nothing is copied.
        try (SyntheticS3 buckets = new SyntheticS3(SyntheticS3Settings.of(0, 0), 1, 1);
                Servers servers = new Servers(
                        MariaDbSettings.in(directory.resolve("mariadb"))
                                .withServerArguments(EndToEndBenchmark.DURABLE.toArray(String[]::new)),
                        RedisSettings.in(directory.resolve("redis")),
                        new Servers.S3Endpoint(buckets.endpoint(), "any", "any"));
                EmulatedMigration migration = new EmulatedMigration(servers, programs(), "bench", directory)) {
            new DatabaseBenchmark(migration).run(repeats, report);
        }
    }

    private Programs programs() {
        return new BuiltPrograms(home, Optional.empty());
    }
}
