package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;
import java.time.Instant;
import java.util.Optional;

/** The runs of a migration, kept in the database. Safe for use by several threads. */
public interface RunLedger {
    /** Goes on with the latest run if it is not complete, else starts the next. For the lock's holder only. */
    Run open();

    /** Writes that a run is complete, with its report; strictly before any service is scaled down. Repeatable. */
    void complete(int run, String report);

    /** Counts the failures of a batch that is set aside for good and never applied. Repeatable. */
    void setAside(BatchId batch);

    /** What all batches of a run have come to. */
    ApplyResult totals(int run);

    /** The latest run; empty when there is none or the tables don't exist yet. */
    Optional<Run> latest();

    /** The database's time, the only clock that all processes share. */
    Instant now();

    /**
     * One run.
     *
     * @param number from 1
     * @param started by the database's clock
     * @param completed by the database's clock; empty while it runs
     */
    record Run(int number, Instant started, Optional<Instant> completed) {}
}
