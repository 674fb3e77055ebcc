package dev.rehome.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How an {@link EmbeddedObjectStore} is started.
 *
 * @param directory the server's own folder, for its log; created if absent
 * @param port the port on 127.0.0.1, or 0 for a free one
 * @param accessKey the only access key that is let in
 * @param secretKey the secret that requests are signed with
 * @param buckets buckets created at each start
 * @param latency by how much each answer is held back, to the millisecond; zero for not at all
 * @param maxHeapMebibytes the limit of the server's heap, in MiB; an object of up to 8 KiB takes about 11 KiB of it
 * @param classPath where the server's classes are, in the form of {@code java.class.path}
 */
public record ObjectStoreSettings(
        Path directory,
        int port,
        String accessKey,
        String secretKey,
        List<String> buckets,
        Duration latency,
        int maxHeapMebibytes,
        String classPath) {
    private static final int HIGHEST_PORT = 65_535;
    private static final int DEFAULT_HEAP = 4_096;
    private static final int LEAST_HEAP = 64;

    /** Checks the numbers and copies the list. */
    public ObjectStoreSettings {
        Objects.requireNonNull(directory);
        Objects.requireNonNull(accessKey);
        Objects.requireNonNull(secretKey);
        Objects.requireNonNull(classPath);
        buckets = List.copyOf(buckets);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port " + port);
        }
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency " + latency);
        }
        if (maxHeapMebibytes < LEAST_HEAP) {
            throw new IllegalArgumentException("a heap of " + maxHeapMebibytes + " MiB is too small");
        }
    }

    /** A free port, random keys, these buckets, no latency, a heap of 4 GiB, this JVM's class path. */
    public static ObjectStoreSettings in(Path directory, String... buckets) {
        return new ObjectStoreSettings(
                directory,
                0,
                Secret.random(),
                Secret.random(),
                List.of(buckets),
                Duration.ZERO,
                DEFAULT_HEAP,
                System.getProperty("java.class.path"));
    }

    /** The same on that port; 0 is a free one. */
    public ObjectStoreSettings withPort(int newPort) {
        return new ObjectStoreSettings(
                directory, newPort, accessKey, secretKey, buckets, latency, maxHeapMebibytes, classPath);
    }

    /** The same with these keys. */
    public ObjectStoreSettings withKeys(String newAccessKey, String newSecretKey) {
        return new ObjectStoreSettings(
                directory, port, newAccessKey, newSecretKey, buckets, latency, maxHeapMebibytes, classPath);
    }

    /** The same with each answer held back. */
    public ObjectStoreSettings withLatency(Duration newLatency) {
        return new ObjectStoreSettings(
                directory, port, accessKey, secretKey, buckets, newLatency, maxHeapMebibytes, classPath);
    }

    /** The same with that limit of the heap, in MiB. */
    public ObjectStoreSettings withMaxHeapMebibytes(int newLimit) {
        return new ObjectStoreSettings(directory, port, accessKey, secretKey, buckets, latency, newLimit, classPath);
    }

    /** The same with the server's classes from there; for callers whose own class path lacks them. */
    public ObjectStoreSettings withClassPath(String newClassPath) {
        return new ObjectStoreSettings(
                directory, port, accessKey, secretKey, buckets, latency, maxHeapMebibytes, newClassPath);
    }
}
