package dev.rehome.producer.plan;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a {@link PlanReport} as one JSON object. Field names are stable: new ones may be added. Estimates are objects with
 * {@code value}, {@code low}, {@code high}, {@code basis} and {@code counted}; sizes are in bytes, times in seconds and ISO 8601.
 */
public final class PlanJson {
    private PlanJson() {}

    /** The object, on one line. */
    public static String of(PlanReport report) {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode root = json.createObjectNode();
        root.put("migration", report.migration()).put("ready", !report.isRefused());
        ArrayNode findings = root.putArray("findings");
        report.findings()
                .forEach(finding -> findings.addObject()
                        .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                        .put("text", finding.text()));
        report.work().ifPresent(work -> work(root, work));
        return json.writeValueAsString(root);
    }

    private static void work(ObjectNode root, PlanReport.Work work) {
        root.put("selection", work.byManifest() ? "manifest" : "prefix");
        estimate(root, "records", work.records());
        int size = work.update().batchSize();
        root.putObject("batches").put("size", size).put("count", (long)
                Math.ceil(work.records().value() / size));
        keys(root.putObject("keys"), work.keys());
        objects(root.putObject("objects"), work.objects());
        ObjectNode update = root.putObject("update");
        update.put("statement", work.update().statement())
                .put("explained", work.update().plan().basis());
        ArrayNode steps = update.putArray("explain");
        work.update()
                .plan()
                .steps()
                .forEach(step -> steps.addObject()
                        .put("table", step.table())
                        .put("access", step.access())
                        .put("index", step.index())
                        .put("rows", step.rows()));
        ArrayNode times = root.putArray("times");
        work.forecast().times().forEach(time -> {
            ObjectNode each = times.addObject()
                    .put("recordsPerSecond", time.rate())
                    .put("workSeconds", time.work().toSeconds());
            time.end().ifPresent(end -> each.put("end", end.toString()));
        });
        ObjectNode cost = root.putObject("costInDollars");
        optional(cost, "copying", work.forecast().requests());
        optional(cost, "storagePerMonth", work.forecast().storage());
        estimate(cost, "verifying", work.forecast().verification());
    }

    private static void keys(ObjectNode node, PlanReport.Keys keys) {
        node.put("looked", keys.looked());
        ArrayNode risks = node.putArray("risks");
        keys.risks()
                .forEach(found -> risks.addObject()
                        .put("risk", found.risk().name())
                        .put("fatal", found.risk().isFatal())
                        .put("keys", found.keys())
                        .put("example", found.example()));
        ArrayNode examples = node.putArray("examples");
        keys.examples().forEach(example -> {
            ObjectNode each = examples.addObject().put("key", example.key());
            example.newKey().ifPresent(newKey -> each.put("newKey", newKey));
        });
    }

    private static void objects(ObjectNode node, PlanReport.ObjectTotals objects) {
        estimate(node, "distinct", objects.distinct());
        optional(node, "bytes", objects.bytes());
        node.put("largest", objects.largest());
        optional(node, "missing", objects.missing());
        ObjectSample sample = objects.sample();
        ObjectNode looked = node.putObject("sample")
                .put("looked", sample.looked())
                .put("unread", sample.unread())
                .put("trouble", sample.trouble())
                .put("targetsAlike", sample.targetsAlike());
        ArrayNode missing = looked.putArray("missing");
        sample.missing().forEach(missing::add);
        ArrayNode taken = looked.putArray("targetsDifferent");
        sample.targetsDifferent().forEach(taken::add);
    }

    private static void optional(ObjectNode node, String name, Optional<Estimate> estimate) {
        estimate.ifPresent(known -> estimate(node, name, known));
    }

    private static void estimate(ObjectNode node, String name, Estimate estimate) {
        node.putObject(name)
                .put("value", estimate.value())
                .put("low", estimate.low())
                .put("high", estimate.high())
                .put("basis", estimate.basis())
                .put("counted", estimate.counted());
    }
}
