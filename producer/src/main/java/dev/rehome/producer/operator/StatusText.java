package dev.rehome.producer.operator;

import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.queue.QueueDepth;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a {@link RunStatus} for a terminal and for programs. */
public final class StatusText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private StatusText() {}

    /** Lines for a terminal. */
    public static String text(RunStatus status) {
        StringBuilder text = new StringBuilder();
        text.append(status.run().map(StatusText::runText).orElse("No run has started yet"))
                .append('\n');
        RecordTotals applied = status.applied();
        QueueDepth batches = status.batches();
        line(
                text,
                "applied",
                "%,d records: %,d migrated, %,d changed and %,d deleted by the application, %,d failed",
                applied.total(),
                applied.migrated(),
                applied.changed(),
                applied.deleted(),
                applied.failed());
        line(
                text,
                "batches",
                "%,d pending, %,d in flight, %,d copied, %,d dead",
                batches.pending(),
                batches.leased(),
                batches.copied(),
                batches.dead());
        status.holds().forEach(hold -> line(text, "held", "%s", hold));
        if (status.consumers().isEmpty()) {
            line(text, "consumers", "none has reported in the last minute");
        }
        status.consumers().forEach((name, report) -> line(text, "consumer", "%s: %s", name, report));
        for (OperatorControl.Change change : status.changes()) {
            line(
                    text,
                    "change",
                    "%s by %s: %s '%s' -> '%s'",
                    TIME.format(change.at()),
                    change.author(),
                    change.name(),
                    change.before(),
                    change.after());
        }
        return text.toString().stripTrailing();
    }

    private static String runText(Run run) {
        return "Run " + run.number() + ": "
                + run.completed()
                        .map(end -> "complete since " + TIME.format(end))
                        .orElseGet(() -> "in progress since " + TIME.format(run.started()));
    }

    private static void line(StringBuilder text, String label, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "  %-10s ", label))
                .append(String.format(Locale.ROOT, format, values))
                .append('\n');
    }

    /** One JSON object. Times are in ISO 8601; a run that isn't there, or isn't complete, has no such field. */
    public static String json(RunStatus status) {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode root = json.createObjectNode();
        status.run().ifPresent(run -> {
            ObjectNode node = root.putObject("run").put("number", run.number());
            node.put("started", run.started().toString());
            run.completed().map(Instant::toString).ifPresent(end -> node.put("completed", end));
        });
        RecordTotals applied = status.applied();
        root.putObject("applied")
                .put("migrated", applied.migrated())
                .put("changedByApplication", applied.changed())
                .put("deletedByApplication", applied.deleted())
                .put("failed", applied.failed());
        QueueDepth batches = status.batches();
        root.putObject("batches")
                .put("pending", batches.pending())
                .put("inFlight", batches.leased())
                .put("copied", batches.copied())
                .put("dead", batches.dead());
        texts(root.putArray("holds"), status.holds());
        ObjectNode consumers = root.putObject("consumers");
        status.consumers().forEach(consumers::put);
        ArrayNode changes = root.putArray("changes");
        status.changes()
                .forEach(change -> changes.addObject()
                        .put("at", change.at().toString())
                        .put("author", change.author())
                        .put("name", change.name())
                        .put("before", change.before())
                        .put("after", change.after()));
        return json.writeValueAsString(root);
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
