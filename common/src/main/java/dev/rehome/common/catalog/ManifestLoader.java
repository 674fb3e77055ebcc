package dev.rehome.common.catalog;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Stores the manifest in the database, where the scan can join it. Loading uses the connection that holds the
 * {@link LeaderLock}, so two producers can't mix their manifests. For use by one thread at a time.
 */
public interface ManifestLoader {
    /** The identity of the manifest that is completely loaded; empty when there is none. */
    Optional<String> loaded();

    /**
     * Replaces the loaded manifest. A load that is interrupted leaves no loaded manifest and must be repeated.
     *
     * @param identity identifies the content
     * @param entries no object key with two different target keys; equal entries count once
     * @param onLoaded receives the number of entries loaded so far, after each statement
     * @throws dev.rehome.common.Unavailable also when the leader lock isn't held; acquire it again, then load from the
     *     start
     */
    void load(String identity, Iterator<ManifestEntry> entries, LongConsumer onLoaded);
}
