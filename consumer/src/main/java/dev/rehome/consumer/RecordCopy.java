package dev.rehome.consumer;

import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.Transfer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Copies the object of a record, once.
 *
 * @param transfer makes the copy
 * @param keys the rule for target keys
 * @param source the container that the records' objects are in, as a location without an object key
 * @param target the container that they are copied to
 */
record RecordCopy(Transfer transfer, TargetKeyRule keys, Location source, Location target) {
    /** Starts the copy; completes as {@link Transfer#copy} does. */
    CompletionStage<CopyResult> start(SourceRecord record) {
        String targetKey;
        try {
            targetKey = record.targetKey().orElseGet(() -> keys.targetOf(record.location()));
        } catch (IllegalArgumentException notLegacy) {
            return CompletableFuture.completedFuture(Refusal.ofObject(FailureCode.KEY_REFUSED, notLegacy.getMessage()));
        }
        return transfer.copy(sourceOf(record), target.withObjectKey(targetKey));
    }

    /** The location of a record's object. */
    Location sourceOf(SourceRecord record) {
        return source.withObjectKey(record.location());
    }

    /** The outcome of a record whose copy had this result. */
    static RecordOutcome outcome(int record, CopyResult result) {
        if (result instanceof CopyResult.Copied copied) {
            return new CopiedRecord(
                    record, copied.location().objectKey(), copied.proof().value(), copied.size());
        }
        Refusal refusal = (Refusal) result;
        return new FailedRecord(record, refusal.code(), refusal.message());
    }
}
