package dev.rehome.producer.http;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.FailureLedger.RequeueOrder;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.http.HttpHandler;
import dev.rehome.common.http.HttpRequest;
import dev.rehome.common.http.HttpResponse;
import dev.rehome.common.process.Plural;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.producer.operator.LineOfText;
import dev.rehome.producer.operator.Requeuing;
import dev.rehome.producer.operator.SettingChanges;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that change something, as the commands do. The body is a JSON object with {@code author} and,
 * depending on the request, {@code reason}, {@code name} and {@code value}, or {@code code} or {@code all}; the response has a
 * {@code message}.
 *
 * @param ids makes the ids of requeue orders
 */
public record ControlRequests(
        OperatorControl control, SettingChanges settings, Requeuing requeuing, RunLedger runs, Supplier<BatchId> ids)
        implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ControlRequests.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public HttpResponse respond(HttpRequest request) {
        try {
            JsonNode body = JSON.readTree(request.body());
            if (!body.isObject()) {
                return response(400, "Expected a JSON object");
            }
            String author = text(body, "author", "dashboard");
            Optional<String> done = change(request.path(), body, author);
            done.ifPresent(what -> LOG.info("{} by {}: {}", request.path(), author, what));
            return done.map(what -> response(200, what))
                    .orElseGet(() -> response(
                            404,
                            "Expected /api/requeue, or /api/control/ with pause, drain, abort,"
                                    + " resume, set or unset"));
        } catch (JacksonException invalid) {
            return response(400, "Expected a JSON object");
        } catch (IllegalArgumentException invalid) {
            return response(400, invalid.getMessage());
        } catch (Rejected impossible) {
            return response(409, impossible.getMessage());
        }
    }

    /** Returns what was done, in words; empty when the path means no change. */
    private Optional<String> change(String path, JsonNode body, String author) {
        return switch (path) {
            case "/api/control/pause" -> Optional.of(held("Paused", control.pause(reason(body), author)));
            case "/api/control/drain" -> Optional.of(held("Draining", control.drain(reason(body), author)));
            case "/api/control/abort" -> Optional.of(held("Stopping", control.stop(reason(body), author)));
            case "/api/control/resume" ->
                Optional.of(control.resume(author)
                        .map(before -> "Resumed; it was " + before)
                        .orElse("The run wasn't held"));
            case "/api/control/set" -> Optional.of(settings.set(text(body, "name"), text(body, "value"), author));
            case "/api/control/unset" -> Optional.of(settings.unset(text(body, "name"), author));
            case "/api/requeue" -> Optional.of(requeue(code(body), author));
            default -> Optional.empty();
        };
    }

    private static String held(String done, Optional<Hold> before) {
        if (before.filter(Hold::isStop).isPresent()) {
            throw new Rejected("Nothing was changed, because the run is " + before.get() + ". Resume it first");
        }
        return done + before.map(hold -> "; it was " + hold).orElse("");
    }

    private String requeue(Optional<String> code, String author) {
        Run run = runs.latest()
                .filter(latest -> latest.completed().isEmpty())
                .orElseThrow(
                        () -> new Rejected("No run is in progress. Start the producer again: the new run retries every"
                                + " failed record"));
        long records = requeuing.carryOut(new RequeueOrder(ids.get(), run.id(), code, author), done -> {});
        if (records == 0) {
            return "Nothing to requeue: no record has failed"
                    + code.map(only -> " with " + only).orElse("") + " in this run";
        }
        return Plural.of(records, "failed record") + (records == 1 ? " is" : " are")
                + " pending again; the next pass publishes " + (records == 1 ? "it" : "them");
    }

    /** The code of the failures to requeue; empty for all, which must be asked for and never follows from a misspelt field. */
    private static Optional<String> code(JsonNode body) {
        if (body.path("all").asBoolean(false)) {
            if (body.has("code")) {
                throw new IllegalArgumentException("Expected either 'code' or 'all', got both");
            }
            return Optional.empty();
        }
        String code = text(body, "code");
        if (!FailureCode.names().contains(code)) {
            throw new IllegalArgumentException(
                    "Expected 'code' to be one of " + String.join(", ", FailureCode.names()));
        }
        return Optional.of(code);
    }

    private static String reason(JsonNode body) {
        return text(body, "reason", "by an operator");
    }

    private static String text(JsonNode body, String field) {
        return text(body, field, "");
    }

    /** A line of text; the fallback is empty where there must be one. */
    private static String text(JsonNode body, String field, String fallback) {
        JsonNode value = body.path(field);
        boolean missing = value.isMissingNode() || value.isNull();
        if (missing && !fallback.isEmpty()) {
            return fallback;
        }
        if (missing || !value.isString() || !LineOfText.isValid(value.stringValue())) {
            throw new IllegalArgumentException("Expected '" + field + "' to be " + LineOfText.EXPECTED);
        }
        return value.stringValue();
    }

    private static HttpResponse response(int status, String message) {
        return HttpResponse.json(
                status, JSON.createObjectNode().put("message", message).toString());
    }
}
