package dev.rehome.producer.operator;

import dev.rehome.common.catalog.ReferenceRollback;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether legacy objects may be deleted, according to the ledger and the queue. All times are by the ledger's clock.
 *
 * @param rollback the rollbacks; after one, nothing may be deleted
 * @param openBatches how many batches are unfinished
 * @param period how long the latest run must have been complete
 */
public record PurgeConditions(
        RunLedger runs, Supplier<ReferenceRollback> rollback, LongSupplier openBatches, Duration period) {
    /** The time between the end of the migration and the first deletion. */
    private static final Setting<Integer> WAIT_DAYS = Setting.integer(
                    "PURGE_WAIT_DAYS",
                    "Days that `producer purge-source` waits after the end of the latest run before it deletes legacy"
                            + " objects. Too low: a mistake may be noticed only after the objects that a rollback needs are"
                            + " deleted. Too high: both copies are stored, and paid for, longer.",
                    0,
                    3_650)
            .or(7);

    /** The limit on the rate of deletions. */
    public static final Setting<Integer> MAX_DELETIONS = Setting.integer(
                    "MAX_DELETIONS_PER_SECOND",
                    "Legacy objects that `producer purge-source` may delete per second; no limit when 0. The table is"
                            + " searched for references at most ten seconds before a deletion, so a low limit on a large"
                            + " table without an index on the column causes many scans of it.",
                    0,
                    1_000_000)
            .or(0);

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(WAIT_DAYS, MAX_DELETIONS);

    /** The waiting time that the environment sets; a problem is collected there. */
    public static Duration waitIn(Environment env) {
        return Duration.ofDays(env.read(WAIT_DAYS));
    }

    /** Why nothing may be deleted, apart from the waiting time; empty when nothing prevents it. */
    Optional<String> refusal() {
        Optional<Run> latest = runs.latest();
        if (latest.isEmpty()) {
            return Optional.of("No run has started yet, so no object was copied.");
        }
        Run run = latest.get();
        if (run.completed().isEmpty()) {
            return Optional.of(
                    "Run " + run.number() + " is in progress: rows still refer to legacy objects. Complete it first.");
        }
        Optional<Instant> rolledBack = rollback.get()
                .latest()
                .filter(last -> last.isAfter(run.completed().get()));
        if (rolledBack.isPresent()) {
            return Optional.of("Batches were rolled back at " + rolledBack.get() + ", after the end of run "
                    + run.number() + ": rows refer to legacy objects again. Complete another run first.");
        }
        return Cleanup.refusal(openBatches.getAsLong());
    }

    /** The same, with the waiting time. */
    Optional<String> refusalNow() {
        return refusal()
                .or(() -> permittedFrom()
                        .filter(runs.now()::isBefore)
                        .map(from -> "The migration was completed less than " + period.toDays()
                                + " days ago (PURGE_WAIT_DAYS): legacy objects can be deleted from " + from + "."));
    }

    /** When the waiting time ends; empty while no run is complete. */
    Optional<Instant> permittedFrom() {
        return runs.latest().flatMap(Run::completed).map(end -> end.plus(period));
    }
}
