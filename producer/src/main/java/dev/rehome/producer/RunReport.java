package dev.rehome.producer;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.producer.report.CountLine;
import dev.rehome.producer.report.Tally;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of a run, for the operator and for the ledger.
 *
 * @param run its number
 * @param totals the totals of its batches
 * @param failures the legacy rows that are left, by failure code
 * @param took the time since the run started, including times in which no producer ran
 * @param stalled why the run ended incomplete; empty when it is complete
 */
record RunReport(
        int run, RecordTotals totals, Tally<String, SourceRecord> failures, Duration took, Optional<String> stalled) {
    /** How many records of a code are listed; the mapping table has all of them. */
    static final int LISTED = 20;

    /** The report as JSON. */
    String json() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("run", run)
                .put("migrated", totals.migrated())
                .put("changedByApplication", totals.changed())
                .put("deletedByApplication", totals.deleted())
                .put("failed", failures.total())
                .put("seconds", took.toMillis() / 1_000.0);
        ObjectNode codes = root.putObject("failures");
        failures.counts().forEach((code, count) -> {
            ObjectNode each = codes.putObject(code);
            each.put("records", count);
            ArrayNode first = each.putArray("first");
            failures.first(code)
                    .forEach(record -> first.addObject()
                            .put("key", record.rowKey().toString())
                            .put("location", record.location()));
        });
        return root.toString();
    }

    /** The numbers of the report, for a log whose lines have fields. */
    Map<String, ?> numbers() {
        return Map.of(
                "run", run,
                "migrated", totals.migrated(),
                "changed", totals.changed(),
                "deleted", totals.deleted(),
                "failed", failures.total(),
                "failures", failures.counts(),
                "seconds", took.toSeconds());
    }

    /** The report as lines of text. */
    String text() {
        StringBuilder text = new StringBuilder();
        double seconds = Math.max(0.001, took.toMillis() / 1_000.0);
        long records = totals.migrated() + totals.changed() + totals.deleted() + failures.total();
        text.append(String.format(
                Locale.ROOT,
                "Run %d %s after %.1f s: %,.0f records/s%n",
                run,
                stalled.isPresent() ? "is INCOMPLETE and stopped" : "is complete",
                seconds,
                records / seconds));
        stalled.ifPresent(reason -> text.append("  Too many passes in a row moved nothing; the last one: ")
                .append(reason)
                .append(".\n  Find what prevents or undoes the updates: a trigger, an event, a job or the application."
                        + " Then start the producer again: it resumes the run.\n"));
        text.append(CountLine.of("migrated", totals.migrated(), ""))
                .append(CountLine.of("changed", totals.changed(), "by the application during the run; left alone"))
                .append(CountLine.of("deleted", totals.deleted(), "by the application during the run"))
                .append(CountLine.of(
                        "failed", failures.total(), failures.total() == 0 ? "" : "their rows keep the legacy key"));
        for (Map.Entry<String, Long> code : failures.counts().entrySet()) {
            text.append(String.format(
                    Locale.ROOT,
                    "    %s: %,d; %s%n",
                    code.getKey(),
                    code.getValue(),
                    FailureCode.adviceFor(code.getKey())));
            for (SourceRecord record : failures.first(code.getKey())) {
                text.append("      row ")
                        .append(record.rowKey())
                        .append(": ")
                        .append(record.location())
                        .append('\n');
            }
            if (code.getValue() > LISTED) {
                text.append("      … the mapping table lists all of them\n");
            }
        }
        return text.toString().stripTrailing();
    }
}
