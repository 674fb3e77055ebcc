package dev.rehome.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class EmbeddedObjectStoreIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private static EmbeddedObjectStore store;

    @BeforeAll
    static void start() {
        store = EmbeddedObjectStore.start(directory.resolve("shared"), "source", "target");
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void restartLeavesEmptyBucketsAtTheSamePortWithTheSameKeys() {
        try (S3Client client = S3Clients.of(store)) {
            put(client, "a/b");
            copyIfAbsent(client, "a/b", "c");
            assertThat(content(client, "target", "c")).isEqualTo("content");

            store.kill();
            store.restart();

            assertThat(client.listBuckets().buckets()).hasSize(2);
            assertThatThrownBy(() -> content(client, "source", "a/b")).isInstanceOf(NoSuchKeyException.class);
        }
    }

    @Test
    void wrongSecretIsRejected() {
        try (S3Client client = S3Clients.of(store.endpoint(), store.accessKey(), "wrong")) {
            assertThatThrownBy(client::listBuckets)
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            rejection -> assertThat(rejection.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void conditionalCopyNeverReplacesAnObject() {
        try (S3Client client = S3Clients.of(store)) {
            put(client, "a");
            copyIfAbsent(client, "a", "target");
            assertThatThrownBy(() -> copyIfAbsent(client, "a", "target"))
                    .isInstanceOfSatisfying(S3Exception.class, rejection -> {
                        assertThat(rejection.statusCode()).isEqualTo(412);
                        assertThat(rejection.awsErrorDetails().errorCode()).isEqualTo("PreconditionFailed");
                    });
            client.copyObject(copy -> copy.sourceBucket("source")
                    .sourceKey("a")
                    .destinationBucket("target")
                    .destinationKey("target"));
        }
    }

    @Test
    void delayedResponsesOccupyNoThreads() {
        Duration latency = Duration.ofSeconds(6);
        int requests = 600;
        ObjectStoreSettings settings =
                ObjectStoreSettings.in(directory.resolve("slow")).withLatency(latency);
        try (EmbeddedObjectStore slow = EmbeddedObjectStore.start(settings)) {
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest request = HttpRequest.newBuilder(slow.endpoint()).build();
            long begin = System.nanoTime();
            List<CompletableFuture<HttpResponse<Void>>> responses = Stream.generate(
                            () -> client.sendAsync(request, BodyHandlers.discarding()))
                    .limit(requests)
                    .toList();
            assertThat(responses)
                    .allSatisfy(
                            response -> assertThat(response.join().statusCode()).isEqualTo(403));
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            // The server has 200 threads: sleeping in them would take three times the latency.
            assertThat(taken).isBetween(latency, latency.multipliedBy(3));
        }
    }

    private static void put(S3Client client, String key) {
        client.putObject(object -> object.bucket("source").key(key), RequestBody.fromString("content"));
    }

    private static void copyIfAbsent(S3Client client, String source, String target) {
        client.copyObject(copy -> copy.sourceBucket("source")
                .sourceKey(source)
                .destinationBucket("target")
                .destinationKey(target)
                .ifNoneMatch("*"));
    }

    private static String content(S3Client client, String bucket, String key) {
        return client.getObjectAsBytes(object -> object.bucket(bucket).key(key)).asUtf8String();
    }
}
