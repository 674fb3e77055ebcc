package dev.rehome.consumer;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.catalog.OutcomeLedger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A ledger that also keeps the outcomes by object key. */
final class RecordedOutcomes implements OutcomeLedger {
    private final OutcomeLedger ledger;
    private final Map<String, RecordOutcome> outcomes = new LinkedHashMap<>();
    private int recorded;

    RecordedOutcomes(OutcomeLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Set<Integer> recorded(BatchId batch) {
        return ledger.recorded(batch);
    }

    @Override
    public void record(Batch batch, List<RecordOutcome> now) {
        ledger.record(batch, now);
        recorded += now.size();
        now.forEach(
                outcome -> outcomes.put(batch.records().get(outcome.record()).location(), outcome));
    }

    /** How many outcomes were recorded. */
    int count() {
        return recorded;
    }

    List<String> copied() {
        return keysOf(CopiedRecord.class::isInstance);
    }

    List<String> failed(FailureCode code) {
        return keysOf(outcome -> outcome instanceof FailedRecord failed && failed.code() == code);
    }

    String message(String key) {
        return ((FailedRecord) outcomes.get(key)).message();
    }

    private List<String> keysOf(Predicate<RecordOutcome> wanted) {
        return outcomes.entrySet().stream()
                .filter(outcome -> wanted.test(outcome.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
