package dev.rehome.store.s3.lean;

import dev.rehome.store.s3.lean.HttpConnection.Reply;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The body of a response to CopyObject: a result with an ETag, or an error, which S3 also sends with status 200 once it
 * has begun to copy. Anything else proves nothing.
 *
 * @param etag as S3 writes it, quotes included; empty if there is none
 * @param errorCode S3's error code; empty unless the body is an error
 * @param errorMessage S3's explanation; empty if there is none
 * @param requestId S3's name for the request; empty if the body doesn't hold it
 */
record CopyResponse(
        Optional<String> etag, Optional<String> errorCode, Optional<String> errorMessage, Optional<String> requestId) {
    private static final CopyResponse NOTHING = ofETag(Optional.empty());

    /** Reads a body, which must be complete: a truncated document is nothing. */
    static CopyResponse parse(String text) {
        String root = root(text);
        if (root.isEmpty() || !text.stripTrailing().endsWith("</" + root + ">")) {
            return NOTHING;
        }
        return switch (root) {
            case "CopyObjectResult" -> ofETag(element(text, "ETag"));
            case "Error" ->
                new CopyResponse(
                        Optional.empty(), element(text, "Code"), element(text, "Message"), element(text, "RequestId"));
            default -> NOTHING;
        };
    }

    /** The SDK's exception for this error; {@code reply}: the response with this body. */
    S3Exception failure(Reply reply) {
        S3Exception.Builder failure = S3Exception.builder();
        failure.awsErrorDetails(AwsErrorDetails.builder()
                .errorCode(errorCode.orElse(null))
                .errorMessage(errorMessage.orElse(null))
                .build());
        failure.statusCode(reply.status());
        failure.requestId(requestId.orElse(reply.headers().get("x-amz-request-id")));
        failure.message(errorMessage.orElse("HTTP status " + reply.status()));
        return (S3Exception) failure.build();
    }

    private static CopyResponse ofETag(Optional<String> etag) {
        return new CopyResponse(etag, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The name of the root element, after white space, prolog and comments. */
    private static String root(String text) {
        int start = text.indexOf('<');
        while (start >= 0 && start + 1 < text.length() && "?!".indexOf(text.charAt(start + 1)) >= 0) {
            String end = text.startsWith("<!--", start) ? "-->" : ">";
            int closed = text.indexOf(end, start);
            start = closed < 0 ? -1 : text.indexOf('<', closed);
        }
        if (start < 0) {
            return "";
        }
        int end = start + 1;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(start + 1, end);
    }

    private static Optional<String> element(String text, String name) {
        int start = text.indexOf("<" + name + ">");
        int end = start < 0 ? -1 : text.indexOf("</" + name + ">", start);
        if (end < 0) {
            return Optional.empty();
        }
        String content =
                unescaped(text.substring(start + name.length() + 2, end)).strip();
        return content.isEmpty() ? Optional.empty() : Optional.of(content);
    }

    private static String unescaped(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        return text.replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#x22;", "\"")
                .replace("&apos;", "'")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
