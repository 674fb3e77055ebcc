package dev.rehome.consumer.store.s3;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A request as the scripted server saw it.
 *
 * @param operation what it asks for
 * @param rawPath the path as sent
 * @param query its decoded parameters
 * @param headers its headers
 */
record ScriptedRequest(Operation operation, String rawPath, Map<String, String> query, Headers headers) {
    /** The requests that a copy may need. */
    enum Operation {
        HEAD,
        GET,
        TAGS,
        COPY,
        CREATE,
        PART,
        COMPLETE,
        ABORT
    }

    static ScriptedRequest of(String method, String rawPath, String rawQuery, Headers headers) {
        Map<String, String> query = new HashMap<>();
        for (String parameter : rawQuery == null ? new String[0] : rawQuery.split("&")) {
            String[] sides = parameter.split("=", 2);
            query.put(decoded(sides[0]), sides.length == 2 ? decoded(sides[1]) : "");
        }
        Operation operation = switch (method) {
            case "HEAD" -> Operation.HEAD;
            case "GET" -> query.containsKey("tagging") ? Operation.TAGS : Operation.GET;
            case "PUT" -> query.containsKey("partNumber") ? Operation.PART : Operation.COPY;
            case "POST" -> query.containsKey("uploads") ? Operation.CREATE : Operation.COMPLETE;
            default -> Operation.ABORT;
        };
        return new ScriptedRequest(operation, rawPath, query, headers);
    }

    /** Bucket and key as {@code bucket/key}. */
    String object() {
        return decoded(rawPath.substring(1));
    }

    /** The source of a copy as {@code bucket/key}. */
    String source() {
        return decoded(header("x-amz-copy-source"));
    }

    /** A header, or the empty text. */
    String header(String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
