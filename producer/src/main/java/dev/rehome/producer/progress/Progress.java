package dev.rehome.producer.progress;

import dev.rehome.common.catalog.ApplyResult;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** What this start of the producer has done; informative. Safe for use by any thread. */
public final class Progress {
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong migrated = new AtomicLong();
    private final AtomicLong changed = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile long total = -1;
    private volatile long pass;
    private volatile String held = "";

    /** How many legacy records there were at the start, once counted. */
    public void total(long records) {
        total = records;
    }

    /** A pass begins or goes on. */
    public void pass(long number) {
        pass = number;
    }

    /** Records were published. */
    public void published(int records) {
        published.addAndGet(records);
    }

    /** A batch was applied. */
    public void applied(ApplyResult result) {
        migrated.addAndGet(result.migrated());
        changed.addAndGet(result.changed());
        deleted.addAndGet(result.deleted());
        failed.addAndGet(result.failed());
    }

    /** Why applying waits; empty when it doesn't. */
    public void held(String reason) {
        held = reason;
    }

    /** A snapshot. */
    public Snapshot snapshot() {
        return new Snapshot(
                total < 0 ? OptionalLong.empty() : OptionalLong.of(total),
                pass,
                published.get(),
                migrated.get(),
                changed.get(),
                deleted.get(),
                failed.get(),
                held);
    }

    /**
     * How far the run has come at one moment.
     *
     * @param total legacy records at the start, once counted
     * @param pass the present pass, from 1
     * @param published records on the queue so far
     * @param migrated rows that hold their new location
     * @param changed rows that the application changed meanwhile
     * @param deleted rows that the application deleted meanwhile
     * @param failed records with a failure
     * @param held why it waits; empty when it doesn't
     */
    public record Snapshot(
            OptionalLong total,
            long pass,
            long published,
            long migrated,
            long changed,
            long deleted,
            long failed,
            String held) {
        /** Records that are finished with. */
        public long done() {
            return migrated + changed + deleted + failed;
        }
    }
}
