package dev.rehome.producer.canary;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.MappingRowId;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Plural;
import dev.rehome.producer.Buckets;
import dev.rehome.producer.canary.MovedRecordCheck.State;
import dev.rehome.producer.report.CountLine;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * The records that a canary has moved, and the result of reading them back.
 *
 * @param wanted the number of records to move
 * @param run the run that it belongs to
 * @param done the totals of that run
 * @param verified the result of reading its first records back
 */
public record CanaryReport(int wanted, Run run, RecordTotals done, CanaryVerification.Result verified) {
    public CanaryReport {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(done, "done");
        Objects.requireNonNull(verified, "verified");
    }

    /** Reads back the first records of the latest run; {@code stopped} says to end early. */
    public static CanaryReport of(int wanted, ProducerCatalog catalog, Buckets buckets, BooleanSupplier stopped) {
        Run run = catalog.runs().latest().orElseThrow();
        RecordTotals done = catalog.batches().totals(run.number());
        Optional<BatchId> first = catalog.batches().first(run.number());
        // Batch ids sort by time, so the batches of earlier runs come before this one.
        CanaryVerification.Result verified = new CanaryVerification(
                        catalog.migrated(), new MovedRecordCheck(buckets), stopped)
                .verify(
                        new MappingRowId(first.orElse(new BatchId(new UUID(0, 0))), -1),
                        first.isPresent() ? wanted : 0);
        return new CanaryReport(wanted, run, done, verified);
    }

    /** 0 if everything reads back, 1 if something differs, 4 if not all was read, 3 if records failed. */
    public int exitCode() {
        if (verified.differences() > 0) {
            return ExitCode.FAILED;
        }
        if (verified.stopped() || verified.count(State.UNREADABLE) > 0) {
            return ExitCode.NOTHING_VERIFIED;
        }
        return done.failed() > 0 ? ExitCode.COMPLETE_WITH_FAILURES : ExitCode.COMPLETE;
    }

    /** The numbers of the report, for a log whose lines have fields. */
    public Map<String, ?> numbers() {
        return Map.of(
                "run", run.number(),
                "migrated", done.migrated(),
                "changed", done.changed(),
                "deleted", done.deleted(),
                "failed", done.failed(),
                "verified", verified.count(State.VERIFIED),
                "different", verified.differences());
    }

    /** The report as lines of text. */
    public String text() {
        boolean complete = run.completed().isPresent();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Canary of %,d: %s of run %d %s done%s%n",
                wanted,
                Plural.of(done.total(), "record"),
                run.number(),
                done.total() == 1 ? "is" : "are",
                complete ? ", and none is left: the run is complete" : "; the rest of the table is untouched"));
        text.append(line("migrated", done.migrated(), ""))
                .append(line("changed", done.changed(), "by the application meanwhile; left alone"))
                .append(line("deleted", done.deleted(), "by the application meanwhile"))
                .append(line("failed", done.failed(), "their rows keep the legacy key; the mapping table says why"))
                .append("Read back:\n")
                .append(line("verified", verified.count(State.VERIFIED), "the row refers to an identical copy"))
                .append(line("changed", verified.count(State.CHANGED), "by the application since"))
                .append(line("different", verified.differences(), "see below"))
                .append(line("unread", verified.count(State.UNREADABLE), "see below"));
        verified.examples()
                .forEach(example -> text.append("    ").append(example).append('\n'));
        return text.append(conclusion(complete)).toString();
    }

    private static String line(String label, long count, String note) {
        return count == 0 ? "" : CountLine.of(label, count, note);
    }

    private String conclusion(boolean complete) {
        String next = complete ? "" : " `producer run` continues run " + run.number() + " with the other records.";
        if (verified.differences() > 0) {
            return "The canary FAILED: find the cause before anything else is moved.";
        }
        if (verified.stopped()) {
            return "The canary moved its records, but was stopped before it had verified all of them: start it again, which"
                    + " moves nothing twice.";
        }
        if (verified.count(State.UNREADABLE) > 0) {
            return "The canary moved its records, but this process couldn't verify all of them: give it read access to"
                    + " both buckets and start the canary again, which moves nothing twice; or use `consumer verify`.";
        }
        if (done.failed() > 0) {
            return "The canary succeeded, but some records failed." + next;
        }
        return "The canary succeeded." + next;
    }
}
