package dev.rehome.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * How an {@link EmbeddedTaggingStore} is started.
 *
 * @param directory the server's own folder; created if absent, its objects are kept
 * @param jar the executable jar of S3Mock 5.2.0, {@code com.adobe.testing:s3mock:5.2.0:exec}
 * @param port the port on 127.0.0.1, or 0 for a free one
 * @param buckets buckets created at each start if absent
 */
public record TaggingStoreSettings(Path directory, Path jar, int port, List<String> buckets) {
    private static final int HIGHEST_PORT = 65_535;

    /** Checks the port and copies the list. */
    public TaggingStoreSettings {
        Objects.requireNonNull(directory);
        Objects.requireNonNull(jar);
        buckets = List.copyOf(buckets);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port " + port);
        }
    }

    /** A free port and these buckets. */
    public static TaggingStoreSettings in(Path directory, Path jar, String... buckets) {
        return new TaggingStoreSettings(directory, jar, 0, List.of(buckets));
    }

    /** The same on that port; 0 is a free one. */
    public TaggingStoreSettings withPort(int newPort) {
        return new TaggingStoreSettings(directory, jar, newPort, buckets);
    }
}
