package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;
import java.time.Duration;

/**
 * The one connection that may change the catalog: it bears the producer's lock, so losing the lock loses the
 * uncommitted update with it. For use by one thread at a time.
 */
public interface ProducerSession extends AutoCloseable {
    /** Takes the lock, waiting at most {@code atMost}; true as well when this session holds it already. */
    boolean acquire(Duration atMost);

    /**
     * Applies a batch in one transaction: rows that still hold exactly the value that was read get the new location, and
     * every record is classified. Repeatable: a second call changes nothing.
     *
     * @param records how many outcomes the batch must have
     * @throws CatalogUnavailable also when the lock is lost: acquire it again first
     */
    ApplyResult apply(BatchId batch, int records);

    @Override
    void close();
}
