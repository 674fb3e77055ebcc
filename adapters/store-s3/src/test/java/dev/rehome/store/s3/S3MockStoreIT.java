package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.store.Location;
import dev.rehome.common.store.StoredObject;
import dev.rehome.embedded.EmbeddedTaggingStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3MockStoreIT extends S3StoreContract {
    private static final Path JAR = Path.of(System.getProperty("rehome.test.s3mock"));

    @TempDir
    private static Path directory;

    private EmbeddedTaggingStore mock;

    @Override
    S3Server start() {
        mock = EmbeddedTaggingStore.start(directory, JAR, SOURCE, TARGET);
        return new S3Server(mock.endpoint(), "any", "any");
    }

    @Test
    void tagsOfALargeObjectArrive() {
        Location from = new Location("s3", SOURCE, "large with tags");
        Location to = new Location("s3", TARGET, "large with tags");
        put(from, StoredObject.of("seven b").withTags(Map.of("colour", "blue")));
        try (S3Store parts = server.storeWithParts()) {
            parts.serverSideCopy().copy(from, to).toCompletableFuture().join();
        }
        assertThat(get(to)).isEqualTo(get(from));
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    /** Its web server, Tomcat, rejects a backslash in a path with 400, escaped or not. */
    @Override
    Set<String> keysThatTheServerRefuses() {
        return Set.of("backslash");
    }

    /** The same for random keys. */
    @Override
    boolean holds(String key) {
        return !key.contains("\\");
    }

    /** S3Mock ignores the ETag of a deletion. */
    @Override
    protected void objectThatWasOverwrittenIsNotDeleted() {}

    @Override
    protected StoredObject get(Location location) {
        StoredObject object = super.get(location);
        return object == null ? null : object.withTags(server.tags(location));
    }
}
