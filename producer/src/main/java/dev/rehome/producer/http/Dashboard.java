package dev.rehome.producer.http;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.FailureLedger;
import dev.rehome.common.http.HttpHandler;
import dev.rehome.common.http.HttpRequest;
import dev.rehome.common.http.HttpResponse;
import dev.rehome.common.http.MetricsText;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.Retries;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.queue.ProgressBoard;
import dev.rehome.common.queue.ProgressBoard.Sample;
import dev.rehome.common.queue.ProgressBoard.Series;
import dev.rehome.common.settings.Setting;
import dev.rehome.producer.ProducerServices;
import dev.rehome.producer.operator.LiveSettings;
import dev.rehome.producer.operator.Requeuing;
import dev.rehome.producer.operator.SettingChanges;
import dev.rehome.producer.progress.RunSnapshot;
import dev.rehome.producer.progress.SnapshotJson;
import dev.rehome.producer.progress.SnapshotText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Serves health, metrics, data and the page over HTTP; requests that change something go to {@link ControlRequests}. */
public final class Dashboard implements HttpHandler {
    /**
     * Where the data come from.
     *
     * @param snapshot the latest snapshot of the run
     * @param board the history of the run
     * @param control the operators' hold and live settings
     * @param settings the settings that can be changed
     * @param failures the failed records
     */
    public record Sources(
            Supplier<RunSnapshot> snapshot,
            ProgressBoard board,
            OperatorControl control,
            LiveSettings settings,
            FailureLedger failures) {}

    /**
     * The constants of the process.
     *
     * @param migration the column and both locations, in one line
     * @param version the producer's
     * @param readOnly whether the server refuses every change
     */
    public record About(String migration, String version, boolean readOnly) {}

    /** Failures are counted at most this often: the count reads every failed record. */
    private static final Duration FAILURES_KEPT = Duration.ofSeconds(5);

    private static final Backoff REQUEUE_BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));
    private static final int CHANGES = 50;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Sources sources;
    private final ControlRequests changes;
    private final About about;
    private final MonotonicClock clock;
    /** Held while the database counts; the thread of all input and output must not wait for it. */
    private final Object counting = new Object();

    private String failures = "";
    private Duration failuresAt;
    private RunSnapshot encoded;
    private String event = "";

    public Dashboard(Sources sources, ControlRequests changes, About about, MonotonicClock clock) {
        this.sources = sources;
        this.changes = changes;
        this.about = about;
        this.clock = clock;
    }

    /** The dashboard of a producer; {@code snapshot} is the latest one of the run, {@code settings} changes settings. */
    public static Dashboard of(
            ProducerServices services, Supplier<RunSnapshot> snapshot, SettingChanges settings, About about) {
        OperatorControl control = services.control();
        FailureLedger failures = services.catalog().failures();
        ControlRequests changes = new ControlRequests(
                control,
                settings,
                new Requeuing(failures, control, new Retries(REQUEUE_BACKOFF, services.clock())),
                services.catalog().runs(),
                services.ids());
        return new Dashboard(
                new Sources(snapshot, services.queue().progress(), control, settings.settings(), failures),
                changes,
                about,
                services.clock());
    }

    /** The paths that show no data. */
    public static Set<String> openPaths() {
        return Page.paths();
    }

    /** The snapshot as the event stream sends it; the same text until there is another snapshot. Waits for nothing. */
    @SuppressWarnings("ReferenceEquality")
    public synchronized String event() {
        RunSnapshot now = sources.snapshot().get();
        if (now != encoded) {
            encoded = now;
            event = SnapshotJson.encode(now);
        }
        return event;
    }

    @Override
    public HttpResponse respond(HttpRequest request) {
        if (!request.isRead()) {
            return changes.respond(request);
        }
        return switch (request.path()) {
            case "/health", "/healthz" ->
                HttpResponse.text(200, SnapshotText.line(sources.snapshot().get()));
            case "/metrics" ->
                HttpResponse.of(
                        200,
                        MetricsText.TYPE,
                        SnapshotMetrics.text(sources.snapshot().get()));
            case "/api/status" -> HttpResponse.json(200, event());
            case "/api/history" -> HttpResponse.json(200, history());
            case "/api/operator" -> HttpResponse.json(200, operator());
            case "/api/failures" -> HttpResponse.json(200, failures());
            default ->
                Page.file(request.path()).orElseGet(() -> HttpResponse.text(404, "There is nothing at this path"));
        };
    }

    /** For each series, its samples as arrays of time, run, applied and failed. */
    private String history() {
        ObjectNode root = JSON.createObjectNode();
        for (Series series : Series.values()) {
            ArrayNode samples = root.putArray(series.name().toLowerCase(Locale.ROOT));
            for (Sample sample : sources.board().history(series)) {
                samples.addArray()
                        .add(sample.at().toEpochMilli())
                        .add(sample.run())
                        .add(sample.applied())
                        .add(sample.failed());
            }
        }
        return root.toString();
    }

    private String operator() {
        ControlState state = sources.control().state();
        ObjectNode root = JSON.createObjectNode();
        root.put("migration", about.migration()).put("version", about.version()).put("readOnly", about.readOnly());
        root.put("hold", state.hold().map(Hold::toString).orElse(""));
        ArrayNode settings = root.putArray("settings");
        for (Setting<?> setting : sources.settings().all()) {
            settings.addObject()
                    .put("name", setting.name())
                    .put("configured", sources.settings().configured(setting))
                    .put("live", state.settings().get(setting.name()))
                    .put("expected", setting.expected())
                    .put("explanation", setting.explanation());
        }
        root.set("changes", JSON.valueToTree(sources.control().changes(CHANGES)));
        return root.toString();
    }

    private String failures() {
        synchronized (counting) {
            if (failuresAt == null || clock.now().minus(failuresAt).compareTo(FAILURES_KEPT) >= 0) {
                ArrayNode array = JSON.createArrayNode();
                groups().forEach(group -> add(array.addObject(), group));
                failures = array.toString();
                failuresAt = clock.now();
            }
            return failures;
        }
    }

    private List<FailureLedger.Group> groups() {
        int run = sources.snapshot().get().run().number();
        return run == 0 ? List.of() : sources.failures().groups(run);
    }

    private static void add(ObjectNode node, FailureLedger.Group group) {
        node.put("code", group.code())
                .put("records", group.records())
                .put("first", group.first().toString())
                .put("last", group.last().toString())
                .put("advice", FailureCode.adviceFor(group.code()));
        ArrayNode samples = node.putArray("samples");
        group.samples()
                .forEach(sample -> samples.addObject()
                        .put("row", sample.rowKey().toString())
                        .put("location", sample.location()));
    }
}
