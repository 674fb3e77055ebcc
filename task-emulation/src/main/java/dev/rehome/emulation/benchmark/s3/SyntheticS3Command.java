package dev.rehome.emulation.benchmark.s3;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves until it is stopped or its parent process has ended. */
@Command(
        name = "synthetic-s3",
        description = {
            "Serves S3 on the loopback as if the objects of the sample rows existed, and records the copies."
                    + " GET /-/totals returns their counts."
        })
public final class SyntheticS3Command implements Callable<Integer> {
    /** Printed before the endpoint. */
    static final String READY = "Synthetic S3 on ";

    @Option(names = "--port", paramLabel = "N", description = "Port on 127.0.0.1, 0 for a free one (${DEFAULT-VALUE}).")
    private int port = 0;

    @Option(names = "--rows", paramLabel = "N", description = "Sample rows, from 1 (${DEFAULT-VALUE}).")
    private long rows = 10_000_000;

    @Option(names = "--object-size", paramLabel = "BYTES", description = "Size of each object (${DEFAULT-VALUE}).")
    private int objectSize = 2_048;

    @Option(names = "--latency", paramLabel = "MS", description = "Delay of each response (${DEFAULT-VALUE}).")
    private long latency = 0;

    @Option(names = "--jitter", paramLabel = "MS", description = "Maximum random delay in addition (${DEFAULT-VALUE}).")
    private long jitter = 0;

    @Option(
            names = "--slow-down",
            paramLabel = "PERCENT",
            description = "Share of the copies rejected with SlowDown (${DEFAULT-VALUE}).")
    private double slowDown = 0;

    @Option(names = "--certificate", paramLabel = "FILE", description = "Serves TLS with this certificate (PEM).")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "The certificate's private key (PEM).")
    private Path key;

    @Option(names = "--threads", paramLabel = "N", description = "Event loops (${DEFAULT-VALUE}).")
    private int threads = 2;

    @Option(names = "--parent", hidden = true, description = "Ends when this process has ended.")
    private Optional<Long> parent = Optional.empty();

    @Override
    public Integer call() throws Exception {
        SyntheticS3Settings settings = new SyntheticS3Settings(
                port,
                rows,
                objectSize,
                Duration.ofMillis(latency),
                Duration.ofMillis(jitter),
                slowDown,
                Optional.ofNullable(certificate).map(file -> new SyntheticS3Settings.Tls(file, key)));
        CountDownLatch end = new CountDownLatch(1);
        parent.ifPresent(pid -> ProcessHandle.of(pid)
                .ifPresentOrElse(process -> process.onExit().thenRun(end::countDown), end::countDown));
        try (SyntheticS3 server = new SyntheticS3(settings, threads, System.nanoTime())) {
            System.out.println(READY + server.endpoint());
            end.await();
        }
        return 0;
    }
}
