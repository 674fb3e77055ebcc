package dev.rehome.common.http;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A response, complete with its body.
 *
 * @param status the status code
 * @param type the content type of the body
 * @param body the text, which is sent in UTF-8
 * @param headers further headers
 */
public record HttpResponse(int status, String type, String body, Map<String, String> headers) {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";

    public HttpResponse {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(body, "body");
        headers = new TreeMap<>(headers);
    }

    /** One line of text. */
    public static HttpResponse text(int status, String line) {
        return of(status, TEXT, line + "\n");
    }

    /** A JSON text. */
    public static HttpResponse json(int status, String json) {
        return of(status, JSON, json);
    }

    /** A text of any type. */
    public static HttpResponse of(int status, String type, String body) {
        return new HttpResponse(status, type, body, Map.of());
    }

    /** The same response with one more header. */
    public HttpResponse with(String name, String value) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(name, value);
        return new HttpResponse(status, type, body, all);
    }
}
