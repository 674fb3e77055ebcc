package dev.rehome.consumer;

import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.Mapping;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.consumer.store.CopyResult;
import dev.rehome.consumer.store.Location;
import dev.rehome.consumer.store.ServerSideCopy;
import dev.rehome.consumer.store.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One record to its outcome, however long the store is unavailable. The store's client retries quickly; this waits out
 * what lasts longer, with the copies that may be in flight limited meanwhile. Safe for use by any thread.
 */
final class RecordCopy {
    private static final Logger LOG = LoggerFactory.getLogger(RecordCopy.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final MigrationSettings migration;
    private final ServerSideCopy copies;
    private final CopyLimit limit;
    private final AccessCircuit circuit;
    private final ScheduledExecutorService timer;
    private final RandomGenerator random;

    RecordCopy(
            MigrationSettings migration,
            ServerSideCopy copies,
            CopyLimit limit,
            AccessCircuit circuit,
            ScheduledExecutorService timer,
            RandomGenerator random) {
        this.migration = migration;
        this.copies = copies;
        this.limit = limit;
        this.circuit = circuit;
        this.timer = timer;
        this.random = random;
    }

    /**
     * Copies the object of one record.
     *
     * @param number the record's number in its batch
     * @param abandoned asked before each try: once true, no further copy is started
     * @return completes with the outcome, or exceptionally with {@link Abandoned}
     */
    CompletableFuture<RecordOutcome> copy(int number, SourceRecord record, BooleanSupplier abandoned) {
        CompletableFuture<RecordOutcome> outcome = new CompletableFuture<>();
        String target;
        try {
            target = migration.keys().targetOf(record.location());
        } catch (IllegalArgumentException notLegacy) {
            outcome.complete(new FailedRecord(number, FailureCode.KEY_REFUSED, notLegacy.getMessage()));
            return outcome;
        }
        attempt(number, record, target, abandoned, 1, outcome);
        return outcome;
    }

    private void attempt(
            int number,
            SourceRecord record,
            String target,
            BooleanSupplier abandoned,
            int attempt,
            CompletableFuture<RecordOutcome> outcome) {
        limit.run(() -> {
            if (abandoned.getAsBoolean()) {
                limit.done(false);
                outcome.completeExceptionally(new Abandoned());
                return;
            }
            Location from = new Location(migration.sourceBucket(), record.location());
            copies.copy(from, new Location(migration.targetBucket(), target)).whenComplete((result, trouble) -> {
                StoreUnavailable unavailable = trouble == null ? null : unavailable(trouble);
                limit.done(unavailable != null && unavailable.isThrottled());
                if (unavailable != null) {
                    long wait = wait(attempt);
                    LOG.debug("{}: {}; trying again in {} ms", from, unavailable.getMessage(), wait);
                    timer.schedule(
                            () -> attempt(number, record, target, abandoned, attempt + 1, outcome),
                            wait,
                            TimeUnit.MILLISECONDS);
                } else if (trouble != null) {
                    outcome.completeExceptionally(trouble);
                } else {
                    outcome.complete(settle(number, target, result));
                }
            });
        });
    }

    private RecordOutcome settle(int number, String target, CopyResult result) {
        if (result instanceof CopyResult.Copied copied) {
            circuit.succeeded();
            return new Mapping(number, target, copied.etag(), copied.size());
        }
        CopyResult.Refused refused = (CopyResult.Refused) result;
        if (refused.code() == FailureCode.ACCESS_DENIED) {
            circuit.refused(refused.message());
        } else {
            circuit.succeeded();
        }
        return new FailedRecord(number, refused.code(), refused.message());
    }

    private static StoreUnavailable unavailable(Throwable trouble) {
        Throwable cause = trouble instanceof CompletionException ? trouble.getCause() : trouble;
        return cause instanceof StoreUnavailable unavailable ? unavailable : null;
    }

    /** Grows to 20 s, with half of it random: many records that wait must not come back at once. */
    private long wait(int attempt) {
        long longest = Math.min(LONGEST_WAIT.toMillis(), 200L << Math.min(attempt, 10));
        return longest / 2 + random.nextLong(longest / 2 + 1);
    }

    /** The work was given up before an outcome: nothing is known of the record. */
    static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("given up", null, false, false);
        }
    }
}
