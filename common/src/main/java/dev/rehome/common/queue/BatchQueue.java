package dev.rehome.common.queue;

import dev.rehome.common.Remains;
import dev.rehome.common.batch.RunId;
import java.util.function.Predicate;

/**
 * The queue of one migration: hands out the views of its roles. Opened lazily: an unreachable queue shows at the first
 * call. Safe for use by any thread.
 */
public interface BatchQueue extends AutoCloseable {
    /**
     * The producer's view.
     *
     * @param leader a token of this start of the producer, different at each start
     * @param isOurs whether the ledger knows a run; the queue of such a run is this migration's, even if its settings are
     *     spelled differently, as after the database moved to another host
     */
    BatchPublisher publisher(String leader, Predicate<RunId> isOurs);

    /** A consumer's view. {@code owner} names this start of the consumer. */
    BatchClaimer claimer(String owner);

    /** The recovery view. */
    BatchReaper reaper();

    /** Throttling and the consumers' reports. */
    ControlChannel control();

    /** The operators' controls. */
    OperatorControl operator();

    /** The published progress of the run. */
    ProgressBoard progress();

    /** The copies of all consumers together. */
    FleetCopies fleet();

    /** All keys of the migration. */
    Remains remains();

    @Override
    void close();
}
