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
 * objects. Accepts any access key and verifies no signatures. Use path-style addressing.
 */
public final class EmbeddedTaggingStore extends EmbeddedServer {
    private static final String LOOPBACK = "tagging-store-loopback.xml";
    private static final String STORE = "--com.adobe.testing.s3mock.store.";

    private final Path jar;
    private final List<String> buckets;

    private EmbeddedTaggingStore(ServerDirectory directory, Path jar, List<String> buckets) {
        super(directory);
        this.jar = jar;
        this.buckets = buckets;
    }

    /**
     * Starts a server with the objects that the directory holds.
     *
     * @param jar the executable jar of S3Mock 5.2.0, {@code com.adobe.testing:s3mock:5.2.0:exec}
     * @param buckets buckets that are created if absent
     * @throws ServerFailedException when the directory is in use or the server doesn't start
     */
    public static EmbeddedTaggingStore start(Path directory, Path jar, String... buckets) {
        EmbeddedTaggingStore server = new EmbeddedTaggingStore(ServerDirectory.take(directory), jar, List.of(buckets));
        server.open();
        return server;
    }

    /** The server's URL. */
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
                "-XX:TieredStopAtLevel=1", // it spends most of its short life on starting
                "-jar",
                jar.toAbsolutePath().toString(),
                "--http.port=" + port(),
                "--server.port=0", // a free one for HTTPS, which can't be turned off
                "--server.address=127.0.0.1",
                "--spring.main.sources=" + writeLoopback().toUri(),
                "--spring.main.banner-mode=off",
                STORE + "root=" + directory().data(),
                STORE + "retain-files-on-exit=true",
                STORE + "initial-buckets=" + String.join(",", buckets));
    }

    @Override
    boolean isReady() throws IOException {
        return LoopbackHttp.responds(port());
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
