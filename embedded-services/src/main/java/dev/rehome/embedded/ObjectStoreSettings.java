package dev.rehome.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The settings of an {@link EmbeddedObjectStore}.
 *
 * @param directory the server's own folder, for its log; created if absent
 * @param accessKey the only access key that is accepted
 * @param secretKey the secret that requests are signed with
 * @param buckets buckets created at each start
 * @param latency the delay of each response, to the millisecond; zero for none
 * @param maxHeapMebibytes the limit of the server's heap, in MiB; an object of up to 8 KiB takes about 11 KiB of it
 */
public record ObjectStoreSettings(
        Path directory,
        String accessKey,
        String secretKey,
        List<String> buckets,
        Duration latency,
        int maxHeapMebibytes) {
    private static final int DEFAULT_HEAP = 4_096;
    private static final int LEAST_HEAP = 64;

    /** Checks the numbers and copies the list. */
    public ObjectStoreSettings {
        Objects.requireNonNull(directory);
        Objects.requireNonNull(accessKey);
        Objects.requireNonNull(secretKey);
        buckets = List.copyOf(buckets);
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency " + latency + ": expected zero or more");
        }
        if (maxHeapMebibytes < LEAST_HEAP) {
            throw new IllegalArgumentException(
                    "a heap of " + maxHeapMebibytes + " MiB: expected at least " + LEAST_HEAP);
        }
    }

    /** Random keys, these buckets, no latency, a heap of 4 GiB. */
    public static ObjectStoreSettings in(Path directory, String... buckets) {
        return new ObjectStoreSettings(
                directory, Secret.random(), Secret.random(), List.of(buckets), Duration.ZERO, DEFAULT_HEAP);
    }

    /** The same with a delay of each response. */
    public ObjectStoreSettings withLatency(Duration newLatency) {
        return new ObjectStoreSettings(directory, accessKey, secretKey, buckets, newLatency, maxHeapMebibytes);
    }

    /** The same with that limit of the heap, in MiB. */
    public ObjectStoreSettings withMaxHeapMebibytes(int newLimit) {
        return new ObjectStoreSettings(directory, accessKey, secretKey, buckets, latency, newLimit);
    }
}
