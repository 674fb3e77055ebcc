package dev.rehome.consumer;

import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.process.MonotonicClock;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts the records that this consumer has finished since it started; informative. Safe for use by any thread. */
final class ConsumerProgress {
    private final CopyTimes times;
    private final LongAdder copied = new LongAdder();
    private final LongAdder failed = new LongAdder();

    ConsumerProgress(MonotonicClock clock) {
        this.times = new CopyTimes(clock);
    }

    /** How long copies take. */
    CopyTimes times() {
        return times;
    }

    void recorded(List<RecordOutcome> outcomes) {
        long mappings = outcomes.stream().filter(CopiedRecord.class::isInstance).count();
        copied.add(mappings);
        failed.add(outcomes.size() - mappings);
    }

    long copied() {
        return copied.sum();
    }

    long failed() {
        return failed.sum();
    }
}
