package dev.rehome.common.catalog;

import dev.rehome.common.batch.RunId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The runs of a migration. Safe for use by several threads. */
public interface RunLedger {
    /**
     * Resumes the latest run if it is incomplete, else starts the next one. Only for the producer that leads.
     *
     * @param manifest the identity of the manifest that selects the records; empty when the prefix selects them
     * @throws dev.rehome.common.Rejected when the latest run is incomplete and was started with another manifest
     */
    Run startOrResume(Optional<String> manifest);

    /** Marks a run as complete and stores its report. Must precede any scaling. Repeatable: the first report is kept. */
    void complete(int run, String report);

    /** The latest run; empty when there is none, or the ledger's tables don't exist yet. */
    Optional<Run> latest();

    /** Whether the ledger has this very run, not just another one with its number. */
    boolean contains(RunId run);

    /** The ledger's clock, the only one that all processes share. */
    Instant now();

    /**
     * One run.
     *
     * @param id its identity; a new token is drawn when the run starts
     * @param started by the ledger's clock
     * @param completed by the ledger's clock; empty while the run is incomplete
     * @param manifest the identity of its manifest; empty when the prefix selects the records
     */
    record Run(RunId id, Instant started, Optional<Instant> completed, Optional<String> manifest) {
        public Run {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(started, "started");
            Objects.requireNonNull(completed, "completed");
            Objects.requireNonNull(manifest, "manifest");
        }

        /** The number, from 1. */
        public int number() {
            return id.number();
        }

        /**
         * The reason why a run with the manifest {@code wanted} can't start while this run is the latest; empty when it can.
         */
        public Optional<String> refusal(Optional<String> wanted) {
            if (completed.isPresent() || manifest.equals(wanted)) {
                return Optional.empty();
            }
            return Optional.of("Run " + id.number() + " is incomplete and was started with "
                    + manifest.map(known -> "the manifest " + known).orElse("no manifest") + ", not with "
                    + wanted.map(other -> "the manifest " + other).orElse("none")
                    + ". Complete it first, with MANIFEST as it was set then, or set TEMP_TABLE_FOR_UPDATE to another"
                    + " name to start a separate migration");
        }
    }
}
