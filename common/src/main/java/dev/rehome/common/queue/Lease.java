package dev.rehome.common.queue;

import dev.rehome.common.batch.BatchId;
import java.util.Objects;

/**
 * The fenced right to work on one batch.
 *
 * @param batch the leased batch
 * @param owner the consumer that holds it
 * @param epoch rises with each claim of the batch, which fences off earlier holders
 */
public record Lease(BatchId batch, String owner, long epoch) {
    public Lease {
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(owner, "owner");
    }
}
