package dev.rehome.producer.operator;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.FailureLedger;
import dev.rehome.common.catalog.Ledger;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.settings.Setting;
import dev.rehome.common.settings.SettingsList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The manifest of a report.
 *
 * @param ledger the outcomes of the run
 * @param migration the column and both locations, in one line
 * @param configuration the settings that are set, without secrets
 * @param statement the update
 */
record ReportManifest(Ledger ledger, String migration, Map<String, String> configuration, String statement) {
    /** Those of the settings that the environment sets, as they may be shown. */
    static Map<String, String> configuration(List<Setting<?>> settings, Map<String, String> environment) {
        Map<String, String> configuration = new TreeMap<>();
        for (Setting<?> setting : settings) {
            String text = environment.getOrDefault(setting.name(), "");
            if (!text.isEmpty()) {
                configuration.put(setting.name(), SettingsList.shown(setting, text));
            }
        }
        return configuration;
    }

    /** The manifest as JSON. */
    String json(Run run, boolean failedOnly, List<ReportFile.Published> files) {
        JsonMapper json = JsonMapper.shared();
        ObjectNode root = json.createObjectNode();
        Instant now = ledger.runs().now();
        root.put("format", 1).put("migration", migration).put("written", now.toString());
        ObjectNode described = root.putObject("run")
                .put("number", run.number())
                .put("token", run.id().token().toString());
        described.put("started", run.started().toString());
        run.completed().ifPresent(end -> described.put("completed", end.toString()));
        described.put(
                "seconds",
                Duration.between(run.started(), run.completed().orElse(now)).toMillis() / 1_000.0);
        RecordTotals totals = ledger.batches().totals(run.number());
        root.putObject("totals")
                .put("records", totals.total())
                .put("migrated", totals.migrated())
                .put("changedByApplication", totals.changed())
                .put("deletedByApplication", totals.deleted())
                .put("failed", totals.failed());
        ArrayNode failures = root.putArray("failures");
        for (FailureLedger.Group group : ledger.failures().groups(run.number())) {
            failures.addObject()
                    .put("code", group.code())
                    .put("records", group.records())
                    .put("first", group.first().toString())
                    .put("last", group.last().toString())
                    .put("advice", FailureCode.adviceFor(group.code()));
        }
        ArrayNode requeues = root.putArray("requeues");
        for (FailureLedger.RequeueTotal requeue : ledger.failures().requeues(run.number())) {
            ObjectNode node = requeues.addObject()
                    .put("at", requeue.at().toString())
                    .put("author", requeue.author())
                    .put("records", requeue.records());
            requeue.code().ifPresent(code -> node.put("code", code));
        }
        root.putPOJO("configuration", configuration);
        root.put("update", statement);
        root.put("content", failedOnly ? "failed" : "all");
        root.putPOJO("files", files);
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}
