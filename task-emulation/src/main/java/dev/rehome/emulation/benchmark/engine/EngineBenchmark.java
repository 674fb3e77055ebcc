package dev.rehome.emulation.benchmark.engine;

import dev.rehome.embedded.ChildJvm;
import dev.rehome.emulation.benchmark.Report;
import dev.rehome.emulation.benchmark.Spread;
import dev.rehome.emulation.benchmark.s3.SyntheticS3Process;
import dev.rehome.emulation.benchmark.s3.SyntheticS3Settings;
import dev.rehome.emulation.process.MigrationProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Compares the engines: for each setting of the server, one engine after the other copies in a process of its own.
 *
 * @param directory for logs and certificates
 * @param timing how long is measured
 * @param screen gets a line for each case
 */
public record EngineBenchmark(Path directory, Timing timing, Consumer<String> screen) {
    private static final String PART = "engine";
    /** More than a case can copy. */
    private static final long ROWS_OF_A_CASE = 10_000_000;

    /** Seconds of warm-up, of each window, and the number of windows. */
    public record Timing(int warmUp, int window, int windows) {
        Duration atMost() {
            return Duration.ofSeconds(60L + EngineLoadMain.MOST_WARM_UP + warmUp + (long) window * windows);
        }
    }

    private record Case(String server, Duration latency, Duration jitter, int inFlight, boolean tls) {}

    /** One window, as the process printed it. */
    private record Window(double copies, double nanos, double cpuNanos, double bytes) {
        static Window parse(String line) {
            String[] numbers = line.substring(EngineLoadMain.WINDOW.length()).split(" ", -1);
            return new Window(
                    Double.parseDouble(numbers[0]),
                    Double.parseDouble(numbers[1]),
                    Double.parseDouble(numbers[2]),
                    Double.parseDouble(numbers[3]));
        }
    }

    private static List<Case> cases() {
        Duration latency = Duration.ofMillis(20);
        Duration jitter = Duration.ofMillis(30);
        return List.of(
                new Case("no latency, 256 in flight", Duration.ZERO, Duration.ZERO, 256, false),
                new Case("20 to 50 ms, 256 in flight", latency, jitter, 256, false),
                new Case("20 to 50 ms, 1,024 in flight", latency, jitter, 1_024, false),
                new Case("20 to 50 ms, 2,048 in flight", latency, jitter, 2_048, false),
                new Case("TLS, no latency, 256 in flight", Duration.ZERO, Duration.ZERO, 256, true));
    }

    /** Measures every case with each of the engines {@code sdk}, {@code lean} and {@code raw}. */
    public void run(List<String> engines, Report report) throws IOException, GeneralSecurityException {
        PrivateCertificate certificate = PrivateCertificate.in(directory.resolve("tls"));
        for (Case each : cases()) {
            SyntheticS3Settings settings = SyntheticS3Settings.of(ROWS_OF_A_CASE * engines.size(), 1_024)
                    .delayed(each.latency, each.jitter);
            try (SyntheticS3Process server = new SyntheticS3Process(
                    each.tls ? settings.encrypted(certificate.server()) : settings, log("s3", each))) {
                for (int i = 0; i < engines.size(); i++) {
                    String subject = engines.get(i) + ", " + each.server;
                    screen.accept("  " + subject);
                    add(report, subject, measure(engines.get(i), each, server, i * ROWS_OF_A_CASE + 1, certificate));
                }
            }
        }
    }

    private List<Window> measure(
            String engine, Case each, SyntheticS3Process server, long firstRow, PrivateCertificate certificate) {
        List<String> command = List.of(
                ChildJvm.program().toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Djavax.net.ssl.trustStore=" + certificate.trustStore(),
                "-Djavax.net.ssl.trustStorePassword=" + PrivateCertificate.PASSWORD,
                "-cp",
                System.getProperty("java.class.path"),
                EngineLoadMain.class.getName(),
                engine,
                server.endpoint().toString(),
                Integer.toString(each.inFlight),
                Long.toString(firstRow),
                Integer.toString(timing.warmUp),
                Integer.toString(timing.window),
                Integer.toString(timing.windows));
        Map<String, String> keys = Map.of("AWS_ACCESS_KEY_ID", "any", "AWS_SECRET_ACCESS_KEY", "any");
        try (MigrationProcess load = new MigrationProcess(engine, command, keys, log(engine, each))) {
            if (load.exitCode(timing.atMost()) != 0) {
                throw new IllegalStateException(engine + " failed on " + each.server + ":\n" + load.tail());
            }
            return load.log()
                    .lines()
                    .filter(line -> line.startsWith(EngineLoadMain.WINDOW))
                    .map(Window::parse)
                    .toList();
        }
    }

    private Path log(String process, Case each) {
        return directory.resolve((process + "-" + each.server).replaceAll("\\W+", "-") + ".log");
    }

    private static void add(Report report, String subject, List<Window> windows) {
        report.add(PART, subject, "copies/s", spread(windows, window -> window.copies * 1e9 / window.nanos));
        report.add(
                PART,
                subject,
                "CPU µs a copy",
                spread(windows, window -> window.cpuNanos / 1e3 / Math.max(1, window.copies)));
        report.add(
                PART,
                subject,
                "bytes allocated a copy",
                spread(windows, window -> window.bytes / Math.max(1, window.copies)));
    }

    private static Spread spread(List<Window> windows, ToDoubleFunction<Window> figure) {
        return Spread.of(windows.stream().map(figure::applyAsDouble).toList());
    }
}
