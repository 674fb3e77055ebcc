package dev.rehome.producer;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.RecordTotals;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run came to, for people and for the ledger.
 *
 * @param run its number
 * @param totals what its batches came to
 * @param failures legacy rows that are left, by reason
 * @param took since the run began, the time in which no producer ran included
 */
record RunReport(int run, RecordTotals totals, FailureSummary failures, Duration took) {
    /** The report as JSON. */
    String json() {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode root = json.createObjectNode();
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
        return json.writeValueAsString(root);
    }

    /** The report as lines. */
    String text() {
        StringBuilder text = new StringBuilder();
        double seconds = Math.max(0.001, took.toMillis() / 1_000.0);
        long records = totals.migrated() + totals.changed() + totals.deleted() + failures.total();
        text.append(String.format(
                Locale.ROOT, "Run %d is complete after %.1f s: %,.0f records/s%n", run, seconds, records / seconds));
        line(text, "migrated", totals.migrated(), "");
        line(text, "changed", totals.changed(), "by the application meanwhile; left alone");
        line(text, "deleted", totals.deleted(), "by the application meanwhile");
        line(text, "failed", failures.total(), failures.total() == 0 ? "" : "their rows keep the legacy key");
        for (Map.Entry<String, Long> code : failures.counts().entrySet()) {
            text.append(String.format(
                    Locale.ROOT, "    %s: %,d; %s%n", code.getKey(), code.getValue(), advice(code.getKey())));
            for (SourceRecord record : failures.first(code.getKey())) {
                text.append("      row ")
                        .append(record.rowKey())
                        .append(": ")
                        .append(record.location())
                        .append('\n');
            }
            if (code.getValue() > FailureSummary.LISTED) {
                text.append("      … the rest stands in the mapping table\n");
            }
        }
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String what, long count, String note) {
        text.append(String.format(Locale.ROOT, "  %-9s %,14d  %s", what, count, note)
                        .stripTrailing())
                .append('\n');
    }

    private static String advice(String code) {
        try {
            return FailureCode.valueOf(code).advice();
        } catch (IllegalArgumentException newer) {
            // Written by a newer release.
            return "see the message in the mapping table";
        }
    }
}
