package dev.rehome.store.s3;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A request that the fake server received.
 *
 * @param operation what it asks for
 * @param rawPath the path as sent
 * @param query its decoded parameters
 * @param headers its headers
 * @param body its body
 */
record ReceivedRequest(Operation operation, String rawPath, Map<String, String> query, Headers headers, String body) {
    /** The requests that copies and deletions need, the one for another role of STS included. */
    enum Operation {
        HEAD,
        GET,
        TAGS,
        COPY,
        CREATE,
        PART,
        COMPLETE,
        ABORT,
        DELETE,
        ASSUME
    }

    static ReceivedRequest of(String method, String rawPath, String rawQuery, Headers headers, String body) {
        Map<String, String> query = parameters(rawQuery);
        Operation operation = switch (method) {
            case "HEAD" -> Operation.HEAD;
            case "GET" -> query.containsKey("tagging") ? Operation.TAGS : Operation.GET;
            case "PUT" -> query.containsKey("partNumber") ? Operation.PART : Operation.COPY;
            case "POST" ->
                query.containsKey("uploads")
                        ? Operation.CREATE
                        : query.containsKey("uploadId")
                                ? Operation.COMPLETE
                                : query.containsKey("delete") ? Operation.DELETE : Operation.ASSUME;
            default -> query.containsKey("uploadId") ? Operation.ABORT : Operation.DELETE;
        };
        return new ReceivedRequest(operation, rawPath, query, headers, body);
    }

    /** The parameters of a query or of a form. */
    static Map<String, String> parameters(String raw) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : raw == null ? new String[0] : raw.split("&")) {
            String[] sides = parameter.split("=", 2);
            parameters.put(decoded(sides[0]), sides.length == 2 ? decoded(sides[1]) : "");
        }
        return parameters;
    }

    /** The access key that signed it. */
    String signer() {
        return credential()[0];
    }

    /** The region that it was signed for. */
    String region() {
        return credential()[2];
    }

    /** Key, day, region, service and a constant (AWS Signature Version 4). */
    private String[] credential() {
        return header("Authorization")
                .replaceFirst(".*Credential=([^,]*),.*", "$1")
                .split("/", -1);
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
