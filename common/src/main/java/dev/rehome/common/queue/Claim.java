package dev.rehome.common.queue;

import dev.rehome.common.batch.Batch;
import java.util.Objects;

/**
 * A claimed batch.
 *
 * @param lease the right to work on it
 * @param batch the work
 * @param attempt the number of this claim among those that count, from 1
 */
public record Claim(Lease lease, Batch batch, long attempt) {
    public Claim {
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(batch, "batch");
    }
}
