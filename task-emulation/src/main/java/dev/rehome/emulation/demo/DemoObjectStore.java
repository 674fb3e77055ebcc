package dev.rehome.emulation.demo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * S3Proxy on a folder: an S3-compatible server that checks signatures and keeps its objects across restarts.
 *
 * <p>Object keys are paths in that folder, so {@code p} and {@code p/q} exclude each other, and a segment of a key has at
 * most 255 bytes. For demos only, not for production.
 */
@Command(name = "object-store", description = "Serves an S3-compatible object store until it is stopped.")
final class DemoObjectStore implements Callable<Integer> {
    private static final int PORT = 8080;
    private static final int THREADS = 200;
    private static final int MILLIS = 5_000;

    @Option(names = "--directory", defaultValue = "${env:OBJECTS:-/objects}", description = "Where the objects are.")
    private String directory;

    @Option(names = "--access-key", required = true, defaultValue = "${env:AWS_ACCESS_KEY_ID}")
    private String accessKey;

    @Option(names = "--secret-key", required = true, defaultValue = "${env:AWS_SECRET_ACCESS_KEY}")
    private String secretKey;

    @Override
    public Integer call() throws Exception {
        Properties folder = new Properties();
        folder.setProperty("jclouds.filesystem.basedir", directory);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", folder))
                // Not only the loopback: its clients are other containers of the demo.
                .endpoint(URI.create("http://0.0.0.0:" + PORT))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                .jettyMaxThreads(THREADS)
                .build();
        proxy.start();
        System.out.println("Serving the objects in " + directory + " on port " + PORT);
        Thread.currentThread().join();
        return 0;
    }

    /** The container's health check. */
    @Command(name = "health", description = "Checks that the object store of this container responds.")
    static final class Health implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + PORT).toURL().openConnection();
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            // The request is unsigned and gets an error, which shows that the store responds.
            System.out.println("HTTP " + connection.getResponseCode());
            return 0;
        }
    }
}
