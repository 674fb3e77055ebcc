package dev.rehome.emulation.benchmark.s3;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The behaviour of a synthetic server.
 *
 * @param port the port on 127.0.0.1, or 0 for a free one
 * @param rows sample rows, from 1, whose legacy objects exist
 * @param objectSize bytes of each object
 * @param latency the minimum delay of each response
 * @param jitter the maximum of a random delay that is added to the latency
 * @param slowDownPercent the share of the copies that are rejected with SlowDown
 * @param tls certificate and key, as PEM files; empty for plain HTTP
 */
public record SyntheticS3Settings(
        int port,
        long rows,
        int objectSize,
        Duration latency,
        Duration jitter,
        double slowDownPercent,
        Optional<Tls> tls) {
    /** One array holds a bit for each row. */
    private static final long MOST_ROWS = 2_000_000_000L;

    /** The server's certificate and private key, as PEM files. */
    public record Tls(Path certificate, Path key) {}

    public SyntheticS3Settings {
        Objects.requireNonNull(tls, "tls");
        if (rows < 0 || rows > MOST_ROWS) {
            throw new IllegalArgumentException("Expected 0 to " + MOST_ROWS + " rows, got " + rows);
        }
        if (latency.isNegative() || jitter.isNegative()) {
            throw new IllegalArgumentException("Expected a latency and a jitter of at least 0");
        }
        if (!(slowDownPercent >= 0 && slowDownPercent <= 100)) {
            throw new IllegalArgumentException("Expected 0 to 100 percent of SlowDown, got " + slowDownPercent);
        }
    }

    /** A free port, no delay, no rejected copies, plain HTTP. */
    public static SyntheticS3Settings of(long rows, int objectSize) {
        return new SyntheticS3Settings(0, rows, objectSize, Duration.ZERO, Duration.ZERO, 0, Optional.empty());
    }

    /** The same with every response delayed. */
    public SyntheticS3Settings delayed(Duration newLatency, Duration newJitter) {
        return new SyntheticS3Settings(port, rows, objectSize, newLatency, newJitter, slowDownPercent, tls);
    }

    /** The same with this share of the copies rejected. */
    public SyntheticS3Settings slowingDown(double percent) {
        return new SyntheticS3Settings(port, rows, objectSize, latency, jitter, percent, tls);
    }

    /** The same with TLS. */
    public SyntheticS3Settings encrypted(Tls certificate) {
        return new SyntheticS3Settings(
                port, rows, objectSize, latency, jitter, slowDownPercent, Optional.of(certificate));
    }
}
