package dev.rehome.consumer;

import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.Transfer;
import dev.rehome.consumer.store.AdaptiveConcurrencyLimit;
import dev.rehome.consumer.store.StoreCalls;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** One record to its outcome, however long the store is unavailable. Safe for use by any thread. */
final class RecordCopy {
    /**
     * What came of a record.
     *
     * @param wholesale whether a failure counted in the circuit: the record may not be to blame
     */
    record Answer(RecordOutcome outcome, boolean wholesale) {}

    private final MigrationSettings migration;
    private final Transfer copies;
    private final AccessCircuitBreaker circuit;
    private final StoreCalls calls;

    RecordCopy(
            MigrationSettings migration,
            Transfer copies,
            AdaptiveConcurrencyLimit limit,
            AccessCircuitBreaker circuit,
            ScheduledExecutorService timer,
            RandomGenerator random) {
        this.migration = migration;
        this.copies = copies;
        this.circuit = circuit;
        this.calls = new StoreCalls(limit, timer, random);
    }

    /**
     * Copies the object of one record.
     *
     * @param number the record's number in its batch
     * @param abandoned asked before each try: once true, no further copy is started
     * @return completes with the outcome, or exceptionally with {@link StoreCalls.Abandoned}
     */
    CompletableFuture<Answer> copy(int number, SourceRecord record, BooleanSupplier abandoned) {
        String target;
        try {
            target = record.targetKey().orElseGet(() -> migration.keys().targetOf(record.location()));
        } catch (IllegalArgumentException notLegacy) {
            return CompletableFuture.completedFuture(
                    new Answer(new FailedRecord(number, FailureCode.KEY_REFUSED, notLegacy.getMessage()), false));
        }
        Location from = new Location("s3", migration.sourceBucket(), record.location());
        Location to = new Location("s3", migration.targetBucket(), target);
        return calls.insist(from, () -> copies.copy(from, to), abandoned)
                .thenApply(result -> settle(number, target, result));
    }

    private Answer settle(int number, String target, CopyResult result) {
        if (result instanceof CopyResult.Copied copied) {
            circuit.succeeded();
            return new Answer(new CopiedRecord(number, target, copied.proof().value(), copied.size()), false);
        }
        Refusal refused = (Refusal) result;
        if (refused.scope() != Refusal.Scope.OBJECT) {
            circuit.refused(refused.message());
        }
        return new Answer(
                new FailedRecord(number, refused.code(), refused.message()), refused.scope() != Refusal.Scope.OBJECT);
    }
}
