package dev.rehome.common.store;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A place of objects. Safe for use by any thread. */
public interface Store extends AutoCloseable {
    /**
     * Looks at an object.
     *
     * @return completes with what is there, empty when nothing is; exceptionally with {@link StoreUnavailable}, or with
     *     {@link IllegalStateException} and the store's words when it refuses for good
     */
    CompletionStage<Optional<ObjectStat>> stat(Location location);

    /** Copies inside this store. */
    ServerSideCopy copies();

    /** Releases the connections; copies under way fail with {@link StoreUnavailable}. */
    @Override
    void close();
}
