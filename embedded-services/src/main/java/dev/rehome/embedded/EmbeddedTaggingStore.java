package dev.rehome.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Adobe's S3Mock, which keeps object tags, in a JVM of its own and with its objects on disk. Slow: for tests of a few
 * objects. Lets every access key in and verifies no signature. Use path-style addressing.
 */
public final class EmbeddedTaggingStore extends SupervisedServer {
    private static final String LOOPBACK = "tagging-store-loopback.xml";
    private static final String STORE = "--com.adobe.testing.s3mock.store.";

    private final TaggingStoreSettings settings;

    private EmbeddedTaggingStore(TaggingStoreSettings settings, ServerDirectory directory) {
        super(directory, settings.port());
        this.settings = settings;
    }

    /**
     * Starts a server, on the objects that the directory holds or on none.
     *
     * @throws ServerFailedException when the directory is taken or the server doesn't come up
     */
    public static EmbeddedTaggingStore start(TaggingStoreSettings settings) {
        EmbeddedTaggingStore server = new EmbeddedTaggingStore(settings, ServerDirectory.take(settings.directory()));
        server.open();
        return server;
    }

    /** Where requests go to. */
    public URI endpoint() {
        return LoopbackHttp.uri(port());
    }

    @Override
    Path program() {
        return ChildJvm.program();
    }

    @Override
    List<String> prepare() throws IOException {
        return List.of(
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // most of its short life is its start
                ChildJvm.mark(directory()),
                "-jar",
                settings.jar().toAbsolutePath().toString(),
                "--http.port=" + port(),
                "--server.port=0", // HTTPS, which cannot be turned off
                "--server.address=127.0.0.1",
                "--spring.main.sources=" + writeLoopback().toUri(),
                "--spring.main.banner-mode=off",
                STORE + "root=" + directory().data(),
                STORE + "retain-files-on-exit=true",
                STORE + "initial-buckets=" + String.join(",", settings.buckets()));
    }

    @Override
    boolean isReady() throws IOException {
        return LoopbackHttp.answers(port());
    }

    private Path writeLoopback() throws IOException {
        Path file = directory().root().resolve(LOOPBACK);
        try (InputStream beans = EmbeddedTaggingStore.class.getResourceAsStream(LOOPBACK)) {
            if (beans == null) {
                throw new IOException(LOOPBACK + " is not on the class path");
            }
            Files.copy(beans, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
