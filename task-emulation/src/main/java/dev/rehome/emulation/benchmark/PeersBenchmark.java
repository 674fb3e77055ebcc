package dev.rehome.emulation.benchmark;

import dev.rehome.emulation.benchmark.s3.SyntheticS3Process;
import dev.rehome.emulation.benchmark.s3.SyntheticS3Settings;
import dev.rehome.emulation.process.MigrationProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The same objects copied on the same synthetic server by other programs, each from its start to its end.
 *
 * @param directory for configuration and logs
 * @param screen gets a line for each program
 */
record PeersBenchmark(Path directory, Consumer<String> screen) {
    static final String PART = "peers";

    /** The programs written in Python take milliseconds per object, so they copy this fraction. */
    private static final int FEWER_ROWS = 20;

    private static final Duration AT_MOST = Duration.ofHours(1);
    /** A line of the shell's {@code times}: user and system time in minutes and seconds. */
    private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");

    /** Measures a whole migration by Rehome, and then each of the others that is installed. */
    void run(EndToEndBenchmark migrations, EndToEndBenchmark.Shape shape, int repeats, Report report)
            throws IOException, SQLException {
        Figures own = new Figures();
        for (int i = 1; i <= repeats; i++) {
            Map<String, Double> figures = migrations.measure(shape, i);
            own.add(
                    figures.get(EndToEndBenchmark.RATE),
                    figures.get(EndToEndBenchmark.cpu(EndToEndBenchmark.PRODUCER))
                            + figures.get(EndToEndBenchmark.cpu(EndToEndBenchmark.CONSUMERS)));
        }
        own.addTo(report, String.format("rehome, %,d rows, producer and consumer", shape.rows()));
        for (Peer peer : Peer.values()) {
            if (isInstalled(peer.program())) {
                int rows = peer == Peer.RCLONE ? shape.rows() : Math.max(1, shape.rows() / FEWER_ROWS);
                measure(peer, rows, repeats, report);
            } else {
                screen.accept("  " + peer.program() + " isn't installed: skipped");
            }
        }
    }

    private void measure(Peer peer, int rows, int repeats, Report report) throws IOException {
        screen.accept("  " + peer.program());
        Figures figures = new Figures();
        for (int i = 1; i <= repeats; i++) {
            try (SyntheticS3Process store =
                    new SyntheticS3Process(SyntheticS3Settings.of(rows, 1_024), log(peer.program() + "-s3"))) {
                long start = System.nanoTime();
                double cpuSeconds = copy(peer, store.endpoint().toString());
                double seconds = (System.nanoTime() - start) / 1e9;
                double copies = store.totals().copies();
                if (copies == 0) {
                    throw new IllegalStateException(
                            peer.program() + " copied nothing; its log is " + log(peer.program()));
                }
                figures.add(copies / seconds, cpuSeconds * 1e6 / copies);
            }
        }
        figures.addTo(report, String.format("%s, %,d rows", peer.program(), rows));
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    /** The figures of one program. */
    private static final class Figures {
        private final List<Double> rates = new ArrayList<>();
        private final List<Double> costs = new ArrayList<>();

        void add(double rate, double cost) {
            rates.add(rate);
            costs.add(cost);
        }

        void addTo(Report report, String subject) {
            report.add(PART, subject, "objects/s", Spread.of(rates));
            report.add(PART, subject, "CPU µs an object", Spread.of(costs));
        }
    }

    /** Runs it and returns the seconds of CPU time that it took, as the shell that started it reports them. */
    private double copy(Peer peer, String endpoint) throws IOException {
        Path configuration = directory.resolve(peer.program() + ".conf");
        Files.writeString(configuration, peer.configuration(endpoint));
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\"; code=$?; times; exit $code", "sh"));
        command.add(peer.program());
        command.addAll(peer.arguments(configuration, endpoint));
        Map<String, String> environment =
                new HashMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", directory.toString()));
        environment.putAll(peer.environment(configuration));
        try (MigrationProcess process =
                new MigrationProcess(peer.program(), command, environment, log(peer.program()))) {
            int code = process.exitCode(AT_MOST);
            List<MatchResult> times = TIMES.matcher(process.log()).results().toList();
            if (code != 0 || times.isEmpty()) {
                throw new IllegalStateException(peer.program() + " ended with code " + code + ":\n" + process.tail());
            }
            MatchResult ofChildren = times.get(times.size() - 1);
            return seconds(ofChildren, 1) + seconds(ofChildren, 3);
        }
    }

    private static double seconds(MatchResult times, int minutes) {
        return 60 * Double.parseDouble(times.group(minutes)) + Double.parseDouble(times.group(minutes + 1));
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
