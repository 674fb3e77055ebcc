package dev.rehome.producer.plan;

import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.RowSampler;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The work that a run would do, or the reasons why it would be refused.
 *
 * @param migration the column and the buckets, as a heading
 * @param findings the findings of the preflight and of the plan
 * @param work the work, if the checks found a table to look at
 */
public record PlanReport(String migration, List<PreflightFinding> findings, Optional<Work> work) {
    public PlanReport {
        Objects.requireNonNull(migration, "migration");
        findings = List.copyOf(findings);
        Objects.requireNonNull(work, "work");
    }

    /** Whether a run would be refused. */
    public boolean isRefused() {
        return findings.stream().anyMatch(finding -> finding.severity() == PreflightFinding.Severity.REFUSED);
    }

    /** Whether a run would find nothing to do. */
    public boolean isEmpty() {
        return work.filter(each -> each.records().value() == 0).isPresent();
    }

    /**
     * The work of a run.
     *
     * @param byManifest whether a manifest selects the records
     * @param records how many there are
     * @param keys their keys
     * @param objects their objects
     * @param update the bulk update
     * @param forecast time and cost
     */
    public record Work(
            boolean byManifest, Estimate records, Keys keys, ObjectTotals objects, Update update, Forecast forecast) {
        /** How many batches the records fill. */
        long batches() {
            return (long) Math.ceil(records.value() / update.batchSize());
        }
    }

    /**
     * The keys.
     *
     * @param looked how many keys were looked at
     * @param risks the keys that fail, or that other tools mangle
     * @param examples some records; where none is to be migrated, some values of the column without a new key
     */
    public record Keys(long looked, List<KeyRisks.Found> risks, List<Example> examples) {
        public Keys {
            risks = List.copyOf(risks);
            examples = List.copyOf(examples);
        }
    }

    /** A key, and its new key if that is known. */
    public record Example(String key, Optional<String> newKey) {}

    /**
     * The objects.
     *
     * @param distinct how many different objects the records refer to
     * @param bytes their size together; empty if no object could be described
     * @param largest the largest size that was seen, in bytes
     * @param missing how many of them don't exist; empty if that is unknown
     * @param sample the objects that the store was asked for
     */
    public record ObjectTotals(
            Estimate distinct,
            Optional<Estimate> bytes,
            long largest,
            Optional<Estimate> missing,
            ObjectSample sample) {}

    /**
     * The bulk update.
     *
     * @param statement its text
     * @param plan how the database would find the rows
     * @param batchSize records of a batch
     */
    public record Update(String statement, RowSampler.UpdatePlan plan, int batchSize) {}

    /**
     * Time and cost.
     *
     * @param times at different rates
     * @param requests US dollars for the requests and bytes of the copies
     * @param storage US dollars for each month in which both buckets hold the objects
     * @param verification US dollars for verifying every record afterwards
     */
    public record Forecast(
            List<RunTime> times, Optional<Estimate> requests, Optional<Estimate> storage, Estimate verification) {
        public Forecast {
            times = List.copyOf(times);
        }
    }
}
