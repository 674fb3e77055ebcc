package dev.rehome.emulation.model;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.catalog.OutcomeLedger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Passes outcomes on, and notes a failure whose reason isn't true. */
final class JudgedOutcomes implements OutcomeLedger {
    private final OutcomeLedger ledger;
    private final SimulatedStore store;
    private String untrue;

    JudgedOutcomes(OutcomeLedger ledger, SimulatedStore store) {
        this.ledger = ledger;
        this.store = store;
    }

    @Override
    public Set<Integer> recorded(BatchId batch) {
        return ledger.recorded(batch);
    }

    @Override
    public void record(Batch batch, List<RecordOutcome> outcomes) {
        for (RecordOutcome outcome : outcomes) {
            String location = batch.records().get(outcome.record()).location();
            if (outcome instanceof FailedRecord failed && !store.isTrue(location, failed.code())) {
                untrue = location + " failed for a reason that isn't true: " + failed;
            }
        }
        ledger.record(batch, outcomes);
    }

    /** The last failure whose reason isn't true; empty when all are. */
    Optional<String> violation() {
        return Optional.ofNullable(untrue);
    }
}
