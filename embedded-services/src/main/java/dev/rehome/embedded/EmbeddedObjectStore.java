package dev.rehome.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * S3Proxy, an S3-compatible server that verifies signatures, in a JVM of its own. Objects are in its memory:
 * {@link #kill} and {@link #restart} lose them and leave empty buckets.
 *
 * <p>Doesn't keep object tags; {@link EmbeddedTaggingStore} does. Responds with 501 to the headers for tags, expected bucket
 * owners and requester pays. Keys are paths of a file system: {@code p} and {@code p/q} exclude each other, {@code a/./b}
 * is {@code a/b}, and none may contain {@code //}. Listing a page takes time proportional to the number of all objects under
 * the prefix. Use path-style addressing.
 */
public final class EmbeddedObjectStore extends EmbeddedServer {
    private final ObjectStoreSettings settings;

    private EmbeddedObjectStore(ObjectStoreSettings settings, ServerDirectory directory) {
        super(directory);
        this.settings = settings;
    }

    /** Starts with the defaults of {@link ObjectStoreSettings#in}. */
    public static EmbeddedObjectStore start(Path directory, String... buckets) {
        return start(ObjectStoreSettings.in(directory, buckets));
    }

    /**
     * Starts a server with empty buckets.
     *
     * @throws ServerFailedException when the directory is in use or the server doesn't start
     */
    public static EmbeddedObjectStore start(ObjectStoreSettings settings) {
        EmbeddedObjectStore server = new EmbeddedObjectStore(settings, ServerDirectory.take(settings.directory()));
        server.open();
        return server;
    }

    /** The server's URL. */
    public URI endpoint() {
        return LoopbackHttp.uri(port());
    }

    /** The only access key that is accepted. */
    public String accessKey() {
        return settings.accessKey();
    }

    /** The secret of {@link #accessKey}. */
    public String secretKey() {
        return settings.secretKey();
    }

    @Override
    Path program() {
        return ChildJvm.program();
    }

    @Override
    List<String> prepare() {
        List<String> arguments = new ArrayList<>(ChildJvm.compilation());
        arguments.addAll(List.of(
                "-Xmx" + settings.maxHeapMebibytes() + "m",
                "-XX:+UseParallelGC",
                "-XX:+ExitOnOutOfMemoryError",
                // Without it Logback, if it is on the class path, logs every request in detail.
                "-Dlogback.configurationFile=dev/rehome/embedded/object-store-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                ObjectStoreMain.class.getName()));
        return arguments;
    }

    @Override
    Redirect input() {
        return Redirect.PIPE;
    }

    @Override
    void instruct(ServerProcess started) throws IOException {
        new ObjectStoreInstructions(
                        port(), settings.accessKey(), settings.secretKey(), settings.buckets(), settings.latency())
                .writeTo(started.process().outputWriter());
    }

    @Override
    boolean isReady() throws IOException {
        return LoopbackHttp.responds(port());
    }
}
