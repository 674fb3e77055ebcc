package dev.rehome.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class EmbeddedTaggingStoreIT {
    private static final Path JAR = Path.of(System.getProperty("rehome.test.s3mock"));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private static EmbeddedTaggingStore store;

    @BeforeAll
    static void start() {
        store = EmbeddedTaggingStore.start(directory, JAR, "source", "target");
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void tagsAreCopiedAndSurviveAKill() {
        try (S3Client client = S3Clients.of(store.endpoint(), "any", "any")) {
            client.putObject(
                    object -> object.bucket("source").key("a/b").tagging("colour=blue"),
                    RequestBody.fromString("content"));
            client.copyObject(copy -> copy.sourceBucket("source")
                    .sourceKey("a/b")
                    .destinationBucket("target")
                    .destinationKey("c"));
            store.kill();
            store.restart();
            assertThat(client.getObjectTagging(object -> object.bucket("target").key("c"))
                            .tagSet())
                    .singleElement()
                    .satisfies(tag -> assertThat(tag.value()).isEqualTo("blue"));
        }
    }

    @Test
    void listensOnLoopbackOnly() throws IOException {
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .forEach(address -> assertThatThrownBy(() -> new Socket(address, store.port()).close())
                        .isInstanceOf(IOException.class));
    }
}
