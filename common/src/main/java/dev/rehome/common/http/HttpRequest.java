package dev.rehome.common.http;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request, complete with its body.
 *
 * @param method in upper case
 * @param path without the query
 * @param headers by their names in lower case; of a repeated header, the first
 * @param body the text of the body; empty without one
 */
public record HttpRequest(String method, String path, Map<String, String> headers, String body) {
    public HttpRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        headers = new TreeMap<>(headers);
        Objects.requireNonNull(body, "body");
    }

    /** A header by its name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether the request asks for something and changes nothing. */
    public boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
