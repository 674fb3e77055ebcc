package dev.rehome.producer.operator;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.FailureLedger;
import dev.rehome.common.catalog.FailureLedger.RequeueOrder;
import dev.rehome.common.process.Retries;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Carries out an operator's order to make failed records pending again, step by step. A step that finds the database
 * unavailable, or rows locked, is repeated for two minutes; an order that was interrupted can be given again.
 */
public record Requeuing(FailureLedger failures, Retries retries) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Makes all records of the order pending.
     *
     * @param progress receives the number of records after each step
     * @return how many records
     * @throws dev.rehome.common.Rejected when the run isn't in progress, or no longer
     */
    public long carryOut(RequeueOrder order, LongConsumer progress) {
        long records = 0;
        Optional<BatchId> end = Optional.empty();
        do {
            Optional<BatchId> after = end;
            FailureLedger.Requeued step = retries.call(
                    () -> failures.requeue(order, after),
                    (attempts, elapsed, failure) -> elapsed.compareTo(PATIENCE) >= 0);
            records += step.records();
            end = step.end();
            progress.accept(records);
        } while (end.isPresent());
        return records;
    }
}
