package dev.rehome.producer.operator;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.FailureLedger;
import dev.rehome.common.catalog.FailureLedger.RequeueOrder;
import dev.rehome.common.process.Retries;
import dev.rehome.common.queue.OperatorControl;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Carries out an operator's order to make failed records pending again, step by step. A step that finds the database
 * unavailable, or rows locked, is repeated for two minutes; an order that was interrupted can be given again.
 */
public record Requeuing(FailureLedger failures, OperatorControl control, Retries retries) {
    private static final String ACTION = "requeue";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Makes all records of the order pending, and records the order among the operators' changes.
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
            FailureLedger.Requeued step = retries.call(() -> failures.requeue(order, after), PATIENCE);
            if (records == 0 && step.records() > 0) {
                control.record(ACTION, describe(order), order.author());
            }
            records += step.records();
            end = step.end();
            progress.accept(records);
        } while (end.isPresent());
        return records;
    }

    private static String describe(RequeueOrder order) {
        return order.code().map(code -> "failed records with " + code).orElse("all failed records") + " of run "
                + order.run().number();
    }
}
