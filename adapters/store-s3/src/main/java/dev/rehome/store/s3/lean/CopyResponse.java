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
    private static final Element RESULT = new Element("CopyObjectResult");
    private static final Element ETAG = new Element("ETag");
    private static final Element ERROR = new Element("Error");
    private static final Element CODE = new Element("Code");
    private static final Element MESSAGE = new Element("Message");
    private static final Element REQUEST_ID = new Element("RequestId");
    private static final String QUOTE = "&quot;";

    /** Reads a body, which must be complete: a truncated document is nothing. */
    static CopyResponse parse(String text) {
        int root = root(text);
        if (RESULT.isWhole(text, root)) {
            return ofETag(ETAG.content(text));
        }
        if (ERROR.isWhole(text, root)) {
            return new CopyResponse(
                    Optional.empty(), CODE.content(text), MESSAGE.content(text), REQUEST_ID.content(text));
        }
        return NOTHING;
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

    /** The index at which the name of the root element begins, after white space, prolog and comments; -1 without one. */
    private static int root(String text) {
        int start = text.indexOf('<');
        while (start >= 0 && start + 1 < text.length() && "?!".indexOf(text.charAt(start + 1)) >= 0) {
            String end = text.startsWith("<!--", start) ? "-->" : ">";
            int closed = text.indexOf(end, start);
            start = closed < 0 ? -1 : text.indexOf('<', closed);
        }
        return start < 0 ? -1 : start + 1;
    }

    /** An element that is looked for. */
    private record Element(String name, String open, String close) {
        Element(String name) {
            this(name, "<" + name + ">", "</" + name + ">");
        }

        /** Whether it is the root, whose name begins there, and its end is the end of the text. */
        boolean isWhole(String text, int root) {
            int afterName = root + name.length();
            return root > 0
                    && text.startsWith(name, root)
                    && afterName < text.length()
                    && !Character.isLetterOrDigit(text.charAt(afterName))
                    && text.stripTrailing().endsWith(close);
        }

        /** The text of its first occurrence; empty if there is none. */
        Optional<String> content(String text) {
            int start = text.indexOf(open);
            int end = start < 0 ? -1 : text.indexOf(close, start);
            if (end < 0) {
                return Optional.empty();
            }
            String content =
                    unescaped(text.substring(start + open.length(), end)).strip();
            return content.isEmpty() ? Optional.empty() : Optional.of(content);
        }
    }

    private static String unescaped(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        String inner = text.startsWith(QUOTE) && text.endsWith(QUOTE) && text.length() >= 2 * QUOTE.length()
                ? text.substring(QUOTE.length(), text.length() - QUOTE.length())
                : "&";
        // An ETag as S3 writes it.
        if (inner.indexOf('&') < 0) {
            return '"' + inner + '"';
        }
        return text.replace(QUOTE, "\"")
                .replace("&#34;", "\"")
                .replace("&#x22;", "\"")
                .replace("&apos;", "'")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
