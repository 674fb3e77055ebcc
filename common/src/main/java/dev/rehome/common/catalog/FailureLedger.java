package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The records that failed in a run, as the ledger holds them: those of batches whose totals are stored. Reads are short and
 * take no locks. Safe for use by several threads.
 */
public interface FailureLedger {
    /** How many samples a group has at most. */
    int SAMPLES = 3;

    /** The failed records of a run by code, in the order of the codes; none when the ledger doesn't exist yet. */
    List<Group> groups(int run);

    /**
     * Reads the failed records of the next batches with failures, in the order of the ledger. The window ends with the last
     * of these batches; it has no end when none follows.
     *
     * @param code only those with this code; empty for all
     * @param after the end of the previous window; empty for the first window
     */
    RecordedOutcomes.Page page(int run, Optional<String> code, Optional<BatchId> after);

    /**
     * Makes the failed records of the next batches pending again, in one transaction without reading a record: they no
     * longer count as failed, and the run's next pass publishes them again, in other batches. After an interruption the
     * order is repeated from the start: records that are pending already aren't found again.
     *
     * @param after the end of the previous step; empty for the first step
     * @throws dev.rehome.common.Rejected when the run isn't in progress
     */
    Requeued requeue(RequeueOrder order, Optional<BatchId> after);

    /** The orders of a run that made records pending again, oldest first. */
    List<RequeueTotal> requeues(int run);

    /**
     * The failed records with one code.
     *
     * @param code the name of a {@link dev.rehome.common.batch.FailureCode}, or one that a newer release wrote
     * @param records how many
     * @param first when the first of them was recorded, by the ledger's clock
     * @param last when the last of them was recorded, by the ledger's clock
     * @param samples the first few of them, at most {@link #SAMPLES}
     */
    record Group(String code, long records, Instant first, Instant last, List<Sample> samples) {
        public Group {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(first, "first");
            Objects.requireNonNull(last, "last");
            samples = List.copyOf(samples);
        }
    }

    /**
     * One failed record of a group.
     *
     * @param rowKey the row's key
     * @param location the old location; bytes that aren't text are replaced
     */
    record Sample(RowKey rowKey, String location) {
        public Sample {
            Objects.requireNonNull(rowKey, "rowKey");
            Objects.requireNonNull(location, "location");
        }
    }

    /**
     * An operator's order to make failed records pending again.
     *
     * @param id identifies the order; the steps of one order have the same
     * @param run the run, which must be in progress
     * @param code only records with this code; empty for all
     * @param author who asks for it
     */
    record RequeueOrder(BatchId id, RunId run, Optional<String> code, String author) {
        public RequeueOrder {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(code, "code");
            if (author.isBlank()) {
                throw new IllegalArgumentException("Expected the author of the requeue, got an empty text");
            }
        }
    }

    /**
     * The result of one step.
     *
     * @param records how many were made pending
     * @param end the last batch of the step; empty when no batch with failures is left
     */
    record Requeued(long records, Optional<BatchId> end) {
        public Requeued {
            Objects.requireNonNull(end, "end");
        }
    }

    /**
     * The progress of one order.
     *
     * @param code the code of its records; empty for all codes
     * @param author who asked for it
     * @param records how many records
     * @param at when its first step was carried out, by the ledger's clock
     */
    record RequeueTotal(Optional<String> code, String author, long records, Instant at) {
        public RequeueTotal {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(author, "author");
            Objects.requireNonNull(at, "at");
        }
    }
}
