package dev.rehome.common.queue;

import dev.rehome.common.batch.Batch;
import java.util.Objects;

/**
 * A batch taken under a lease.
 *
 * @param lease the right to work on it
 * @param batch the work
 * @param attempt which claim that counted this is, from 1
 */
public record Claim(Lease lease, Batch batch, long attempt) {
    public Claim {
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(batch, "batch");
    }
}
