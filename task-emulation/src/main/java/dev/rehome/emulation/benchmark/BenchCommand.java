package dev.rehome.emulation.benchmark;

import dev.rehome.embedded.FileTree;
import dev.rehome.emulation.benchmark.engine.EngineBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of {@code ./bench}. */
@Command(
        name = "bench",
        description = {
            "Measures on this machine, with every server in a process of its own, and prints each part as a table: the median"
                    + " of the repeats, and the lowest and highest in parentheses. Keep the machine idle meanwhile."
        },
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    private static final List<String> PARTS = List.of("engine");

    @Parameters(paramLabel = "PART", description = "What to measure: engine; all of it if absent.")
    private List<String> parts = PARTS;

    @Option(
            names = "--engines",
            split = ",",
            paramLabel = "NAME",
            description = "Engines of the part engine (${DEFAULT-VALUE}).")
    private List<String> engines = List.of("sdk", "lean", "raw");

    @Option(names = "--warm-up", paramLabel = "S", description = "Seconds of warm-up of a case (${DEFAULT-VALUE}).")
    private int warmUp = 4;

    @Option(names = "--window", paramLabel = "S", description = "Seconds of one measurement (${DEFAULT-VALUE}).")
    private int window = 2;

    @Option(names = "--repeats", paramLabel = "N", description = "Measurements of a case (${DEFAULT-VALUE}).")
    private int repeats = 3;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the figures go, for programs (${DEFAULT-VALUE}).")
    private Path json = Path.of("bench.json");

    @Option(names = "--home", hidden = true, description = "The project's folder.")
    private Path home = Path.of(System.getProperty("rehome.home", "."));

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createDirectories(home.toAbsolutePath()
                .normalize()
                .resolve(".rehearsal")
                .resolve("bench-" + Instant.now().toEpochMilli()));
        Report report = new Report();
        System.out.println(Report.machine());
        for (String part : parts) {
            System.out.println();
            run(part, Files.createDirectories(directory.resolve(part)), report);
            report.table(part).forEach(System.out::println);
            Files.writeString(json, report.json());
        }
        System.out.println();
        System.out.println("Written to " + json);
        FileTree.delete(directory);
        return 0;
    }

    private void run(String part, Path directory, Report report) throws Exception {
        switch (part) {
            case "engine" ->
                new EngineBenchmark(
                                directory, new EngineBenchmark.Timing(warmUp, window, repeats), System.out::println)
                        .run(engines, report);
            default -> throw new IOException("There is no part " + part + ": expected some of " + PARTS);
        }
    }
}
