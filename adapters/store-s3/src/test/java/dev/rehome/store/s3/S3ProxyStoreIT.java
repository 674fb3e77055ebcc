package dev.rehome.store.s3;

import dev.rehome.embedded.EmbeddedObjectStore;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

class S3ProxyStoreIT extends S3StoreContract {
    @TempDir
    private static Path directory;

    private EmbeddedObjectStore proxy;

    @Override
    S3Server start() {
        proxy = EmbeddedObjectStore.start(directory, SOURCE, TARGET);
        return new S3Server(proxy.endpoint(), proxy.accessKey(), proxy.secretKey());
    }

    @AfterAll
    void stop() {
        proxy.close();
    }

    /**
     * S3Proxy keeps objects in an in-memory file system: a slash at the start makes an absolute path (400), a slash at
     * the end makes a folder with a content type of its own, and slashes in a row are one.
     */
    @Override
    Set<String> keysThatTheServerRefuses() {
        return Set.of(
                "slash at the start",
                "two slashes at the start",
                "two slashes",
                "three slashes",
                "slash at the end",
                "two slashes at the end");
    }

    /** The same for random keys. */
    @Override
    boolean holds(String key) {
        return !key.startsWith("/") && !key.contains("//") && !key.endsWith("/");
    }

    /** S3Proxy keeps no tags: it rejects requests that read or write them with 501. */
    @Override
    protected void tagsArriveUnchanged() {}
}
