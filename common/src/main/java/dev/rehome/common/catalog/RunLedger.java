package dev.rehome.common.catalog;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.BatchId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The runs of a migration, kept in the database. Safe for use by several threads. */
public interface RunLedger {
    /**
     * Goes on with the latest run if it is not complete, else starts the next. For the lock's holder only.
     *
     * @param manifest the identity of the manifest that says what is to be moved; empty where the prefix says it
     * @throws Rejected when the latest run is not complete and was begun with another manifest
     */
    Run open(Optional<String> manifest);

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
     * @param manifest the identity of its manifest; empty without one
     */
    record Run(int number, Instant started, Optional<Instant> completed, Optional<String> manifest) {
        public Run {
            Objects.requireNonNull(started, "started");
            Objects.requireNonNull(completed, "completed");
            Objects.requireNonNull(manifest, "manifest");
        }

        /** Why work with a manifest, or without one, may not begin while this run is the latest; empty when it may. */
        public Optional<String> refusal(Optional<String> wanted) {
            if (completed.isPresent() || manifest.equals(wanted)) {
                return Optional.empty();
            }
            return Optional.of("Run " + number + " is not complete and was begun with "
                    + manifest.map(known -> "the manifest " + known).orElse("no manifest") + ", not with "
                    + wanted.map(other -> "this one, " + other).orElse("none")
                    + ". Finish it first: set MANIFEST as it was then. Or set TEMP_TABLE_FOR_UPDATE to another name,"
                    + " for a migration of its own");
        }
    }
}
