package dev.rehome.producer;

import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * How many records a run may publish before it stops, for a canary. The records that are done are counted in the ledger, and
 * only while no batch is open. So the bound is exact even if producers were killed in between, or if the queue lost batches,
 * whose records are then published again. For use by one thread.
 */
final class PublishingBound {
    private static final long NONE = Long.MAX_VALUE;

    private final long records;
    private final LongSupplier done;
    private long allowed;

    private PublishingBound(long records, LongSupplier done, long allowed) {
        this.records = records;
        this.done = done;
        this.allowed = allowed;
    }

    /** Every record is published. */
    static PublishingBound none() {
        return new PublishingBound(NONE, () -> 0, NONE);
    }

    /**
     * The run stops once this many of its records are done.
     *
     * @param records how many; empty for all
     * @param done how many records of the run are done, whichever process published them
     */
    static PublishingBound of(OptionalInt records, LongSupplier done) {
        return records.isPresent() ? new PublishingBound(records.getAsInt(), done, 0) : none();
    }

    /** The size of the next batch; 0 while nothing may be published before {@link #renew}. */
    int batchSize(int most) {
        return (int) Math.min(most, allowed);
    }

    /** Counts records that are published, or recorded as failed. */
    void used(int count) {
        allowed = allowed == NONE ? NONE : Math.max(0, allowed - count);
    }

    /** Another process may have published since: nothing more is allowed before {@link #renew}. */
    void reset() {
        allowed = allowed == NONE ? NONE : 0;
    }

    /** Counts what is done; only while no batch is open. Returns whether more may be published. */
    boolean renew() {
        allowed = Math.max(0, records - done.getAsLong());
        return allowed > 0;
    }
}
