package dev.rehome.producer.progress;

import dev.rehome.common.catalog.RecordTotals;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the records that this process has applied since it started; informative only. Safe for use by any thread. */
public final class Progress {
    private final AtomicLong migrated = new AtomicLong();
    private final AtomicLong changed = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile long total = -1;
    private volatile long pass;
    private volatile String waiting = "";

    /** Sets the number of legacy records at the start, once counted. */
    public void total(long records) {
        total = records;
    }

    /** Sets the number of the current pass. */
    public void pass(long number) {
        pass = number;
    }

    /** Adds the result of an applied batch. */
    public void applied(RecordTotals result) {
        migrated.addAndGet(result.migrated());
        changed.addAndGet(result.changed());
        deleted.addAndGet(result.deleted());
        failed.addAndGet(result.failed());
    }

    /** Sets the reason why the run waits; empty when it doesn't. */
    public void waiting(String reason) {
        waiting = reason;
    }

    /** The current values. */
    public Snapshot snapshot() {
        return new Snapshot(
                total < 0 ? OptionalLong.empty() : OptionalLong.of(total),
                pass,
                migrated.get(),
                changed.get(),
                deleted.get(),
                failed.get(),
                waiting);
    }

    /**
     * The progress at one moment.
     *
     * @param total legacy records at the start, once counted
     * @param pass the number of the current pass, from 1
     * @param migrated rows that hold their new location
     * @param changed rows that the application changed during the run
     * @param deleted rows that the application deleted during the run
     * @param failed records with a failure
     * @param waiting why the run waits; empty when it doesn't
     */
    public record Snapshot(
            OptionalLong total, long pass, long migrated, long changed, long deleted, long failed, String waiting) {
        /** Records that need no more work. */
        public long done() {
            return migrated + changed + deleted + failed;
        }
    }
}
