package dev.rehome.consumer;

import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.RecordOutcome;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What this consumer has done since it started; informative. Safe for use by any thread. */
final class ConsumerProgress {
    private final LongAdder copied = new LongAdder();
    private final LongAdder failed = new LongAdder();

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
