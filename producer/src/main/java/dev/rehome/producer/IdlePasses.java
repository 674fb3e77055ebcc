package dev.rehome.producer;

import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.producer.progress.Progress;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts idle passes in a row: those that found records and made no progress. A pass is idle if none of its records was
 * migrated or reported as failed, or if it found exactly the records that the previous pass had migrated: then something
 * restores the old values after each update. For one thread.
 */
final class IdlePasses {
    private static final Logger LOG = LoggerFactory.getLogger(IdlePasses.class);

    private final int max;
    private int idle;
    private long lastRecords;
    private long lastFingerprint;
    private boolean lastMoved;
    private String last = "";

    IdlePasses(int max) {
        this.max = max;
    }

    /**
     * Judges a pass whose batches are all finished. A pass that this process didn't read from its start is ignored.
     *
     * @param before the progress at the start of the pass
     * @param after the progress at its end
     * @return whether this was the last idle pass allowed
     */
    boolean isLastAllowed(Pass pass, Progress.Snapshot before, Progress.Snapshot after) {
        if (!pass.isWhole()) {
            return false;
        }
        RecordTotals moved = after.since(before);
        boolean sameRecords = pass.records() == lastRecords && pass.fingerprint() == lastFingerprint;
        boolean undone = sameRecords && lastMoved;
        lastRecords = pass.records();
        lastFingerprint = pass.fingerprint();
        lastMoved = moved.migrated() + moved.failed() > 0;
        if (lastMoved && !undone) {
            idle = 0;
            return false;
        }
        idle++;
        last = String.format(
                Locale.ROOT,
                "pass %d found %,d records%s: %,d migrated, %,d changed and %,d deleted by the application, %,d failed",
                pass.number(),
                pass.records(),
                sameRecords ? ", the same as the pass before" : "",
                moved.migrated(),
                moved.changed(),
                moved.deleted(),
                moved.failed());
        LOG.warn("No progress: {}. Idle passes in a row: {}; the run ends after MAX_IDLE_PASSES={}", last, idle, max);
        return idle >= max;
    }

    /** A description of the last idle pass; empty when there was none. */
    String last() {
        return last;
    }
}
