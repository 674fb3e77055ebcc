package dev.rehome.producer.operator;

import dev.rehome.common.Remains;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.catalog.PendingScaleDown;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.Plural;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Drops the tables and keys that a migration leaves in the ledger and the queue, unless something is unfinished.
 *
 * @param openBatches how many batches are unfinished
 * @param queue what is left in the queue
 * @param ledger what is left in the database
 */
record Cleanup(
        RunLedger runs,
        PendingScaleDown scaleDown,
        LongSupplier openBatches,
        LeaderLock lock,
        Remains queue,
        Remains ledger) {
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

    /** Why nothing may be dropped; empty when it may. */
    Optional<String> refusal() {
        Optional<Run> latest = runs.latest();
        if (latest.filter(run -> run.completed().isEmpty()).isPresent()) {
            return Optional.of("Run " + latest.get().number()
                    + " is in progress: complete it, or roll back and complete a last run, then repeat this command.");
        }
        if (latest.isPresent() && scaleDown.isDue()) {
            return Optional.of("The services of run " + latest.get().number()
                    + " aren't scaled to zero yet: start the producer again, which only scales them.");
        }
        return refusal(openBatches.getAsLong());
    }

    /** Why unfinished batches forbid something; empty when there are none. */
    static Optional<String> refusal(long openBatches) {
        return openBatches == 0
                ? Optional.empty()
                : Optional.of(Plural.of(openBatches, "batch") + (openBatches == 1 ? " is" : " are")
                        + " still open in the queue: `producer status` shows them.");
    }

    /** Drops everything, the ledger last; returns why nothing was dropped, empty when it was. */
    Optional<String> drop() {
        if (!lock.acquire(LOCK_WAIT)) {
            return Optional.of(ExclusiveSteps.LOCKED + ". Stop it first; nothing was dropped.");
        }
        // A producer may have started a run, and died, while the operator was being asked.
        Optional<String> refusal = refusal();
        if (refusal.isEmpty()) {
            queue.drop();
            ledger.drop();
        }
        return refusal;
    }
}
