package dev.rehome.common.queue;

import dev.rehome.common.batch.BatchId;
import java.util.Objects;

/**
 * The fenced right to work on one batch.
 *
 * @param batch what it is a lease of
 * @param owner the consumer that holds it
 * @param epoch rises with each claim of the batch: an older holder's calls are told from the present one's
 */
public record Lease(BatchId batch, String owner, long epoch) {
    public Lease {
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(owner, "owner");
    }
}
