package dev.rehome.common.catalog;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.LongConsumer;

/**
 * The one connection that may change the catalog: it bears the producer's lock, so losing the lock loses the
 * uncommitted update with it. For use by one thread at a time.
 */
public interface CatalogWriter extends AutoCloseable {
    /** Takes the lock, waiting at most {@code atMost}; true as well when this session holds it already. */
    boolean acquire(Duration atMost);

    /**
     * Applies a batch in one transaction: rows that still hold exactly the value that was read get the new location, and
     * every record is classified. Repeatable: a second call changes nothing.
     *
     * @param records how many outcomes the batch must have
     * @throws Unavailable also when the lock is lost: acquire it again first
     */
    ApplyResult apply(BatchId batch, int records);

    /**
     * Drops the manifest that was loaded before and loads another, slice by slice, on the lock's own connection: two
     * producers can't mix theirs. It counts as loaded once all of it is; killed before, it must be loaded again.
     *
     * @param identity names the content
     * @param entries each key with one target only; equal entries count once
     * @param onLoaded gets the number of entries so far, now and then
     * @throws Unavailable also when the lock is lost: acquire it again first, then load from the start
     */
    void load(String identity, Iterator<ManifestEntry> entries, LongConsumer onLoaded);

    @Override
    void close();
}
