package dev.rehome.consumer;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One object of a batch, with the records that refer to it and its tries so far. For one thread at a time. */
final class BatchObject {
    private final SourceRecord record;
    private final List<Integer> numbers = new ArrayList<>();
    Duration dueAt = Duration.ZERO;
    int failures;
    /** The failures before which the store served other calls. */
    int failuresOfItsOwn;
    /** The same, weighted: throttling counts less. */
    int weightOfFailures;
    /** How many calls the store had served at the first try, or at the last failure of the object's own. */
    long servedCallsBefore;

    private BatchObject(SourceRecord record) {
        this.record = record;
    }

    /** The objects of the records that have no outcome yet: records that refer to the same object share one copy. */
    static Collection<BatchObject> of(Batch batch, Set<Integer> recorded) {
        Map<String, BatchObject> objects = new LinkedHashMap<>();
        for (int number = 0; number < batch.size(); number++) {
            if (!recorded.contains(number)) {
                SourceRecord record = batch.records().get(number);
                objects.computeIfAbsent(record.location(), any -> new BatchObject(record))
                        .numbers
                        .add(number);
            }
        }
        return objects.values();
    }

    SourceRecord record() {
        return record;
    }

    /** The numbers of the records in the batch. */
    List<Integer> numbers() {
        return numbers;
    }
}
