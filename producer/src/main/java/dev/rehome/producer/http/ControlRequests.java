package dev.rehome.producer.http;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.catalog.FailureLedger.RequeueOrder;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.http.HttpHandler;
import dev.rehome.common.http.HttpRequest;
import dev.rehome.common.http.HttpResponse;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.producer.operator.Requeuing;
import dev.rehome.producer.operator.SettingChanges;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that change something: the same calls as the commands make. The body is a JSON object with {@code author} and,
 * depending on the request, {@code reason}, {@code name}, {@code value} or {@code code}; the response has a {@code message}.
 */
public final class ControlRequests implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ControlRequests.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_TEXT = 500;

    private final OperatorControl control;
    private final SettingChanges settings;
    private final Requeuing requeuing;
    private final RunLedger runs;
    private final Supplier<BatchId> ids;

    /** {@code ids} makes the ids of requeue orders. */
    public ControlRequests(
            OperatorControl control,
            SettingChanges settings,
            Requeuing requeuing,
            RunLedger runs,
            Supplier<BatchId> ids) {
        this.control = control;
        this.settings = settings;
        this.requeuing = requeuing;
        this.runs = runs;
        this.ids = ids;
    }

    @Override
    public HttpResponse respond(HttpRequest request) {
        try {
            JsonNode body = JSON.readTree(request.body());
            if (!body.isObject()) {
                return refused("Expected a JSON object");
            }
            String author = text(body, "author", "dashboard");
            HttpResponse response = change(request.path(), body, author);
            LOG.info("{} by {}: {}", request.path(), author, response.status() == 200 ? "done" : response.body());
            return response;
        } catch (JacksonException invalid) {
            return refused("Expected a JSON object");
        } catch (IllegalArgumentException invalid) {
            return refused(invalid.getMessage());
        } catch (Rejected impossible) {
            return refused(409, impossible.getMessage());
        }
    }

    private HttpResponse change(String path, JsonNode body, String author) {
        return switch (path) {
            case "/api/control/pause" -> held("Paused", control.pause(text(body, "reason", "by an operator"), author));
            case "/api/control/drain" ->
                held("Draining", control.drain(text(body, "reason", "by an operator"), author));
            case "/api/control/abort" -> held("Stopping", control.stop(text(body, "reason", "by an operator"), author));
            case "/api/control/resume" ->
                done(control.resume(author)
                        .map(before -> "Resumed; it was " + before)
                        .orElse("Nothing held the run"));
            case "/api/control/set" -> done(settings.set(text(body, "name", ""), text(body, "value", ""), author));
            case "/api/requeue" -> requeue(text(body, "code", ""), author);
            default -> HttpResponse.text(404, "There is nothing to change at this path");
        };
    }

    private static HttpResponse held(String done, Optional<Hold> before) {
        return before.filter(Hold::isStop).isPresent()
                ? refused(409, "Not changed, because the run is " + before.get() + ". Resuming ends that")
                : done(done + before.map(hold -> "; it was " + hold).orElse(""));
    }

    private HttpResponse requeue(String code, String author) {
        Optional<Run> run = runs.latest().filter(latest -> latest.completed().isEmpty());
        if (run.isEmpty()) {
            return refused(
                    409,
                    "Expected a run in progress; start the producer again for a new run, which reads every"
                            + " row with a legacy key");
        }
        RunId id = run.get().id();
        RequeueOrder order =
                new RequeueOrder(ids.get(), id, code.isEmpty() ? Optional.empty() : Optional.of(code), author);
        long records = requeuing.carryOut(order, done -> {});
        return done(String.format(
                Locale.ROOT, "%,d failed records are pending again; the next pass publishes them", records));
    }

    private static String text(JsonNode body, String field, String fallback) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        if (!value.isString()
                || value.stringValue().isBlank()
                || value.stringValue().length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "Expected '" + field + "' to be a text of at most " + MAX_TEXT + " characters that isn't blank");
        }
        return value.stringValue();
    }

    private static HttpResponse done(String message) {
        return HttpResponse.json(
                200, JSON.createObjectNode().put("message", message).toString());
    }

    private static HttpResponse refused(String message) {
        return refused(400, message);
    }

    private static HttpResponse refused(int status, String message) {
        return HttpResponse.json(
                status, JSON.createObjectNode().put("message", message).toString());
    }
}
