package dev.rehome.store.s3.lean;

import dev.rehome.store.s3.lean.ConnectionPool.Endpoint;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;

/**
 * Everything about a CopyObject request that is the same for all objects of two buckets. The SDK makes it: it is asked for
 * one request, which is caught before it is sent, so that endpoint, addressing style, region, FIPS, dual stack and every
 * header are the SDK's own.
 *
 * @param endpoint the server that gets the request
 * @param pathStart the path up to the target's object key, encoded
 * @param sourceStart the header {@code x-amz-copy-source} up to the source's object key, encoded
 * @param headers the constant headers, names in lower case, {@code host} among them
 * @param region the region that the signature names
 */
record CopyTemplate(
        Endpoint endpoint, String pathStart, String sourceStart, SortedMap<String, String> headers, String region) {
    /** A key that needs no encoding and can't occur earlier in the path. */
    private static final String KEY = "rehome-template-key";

    /** Written for each request, or for the connection only. */
    private static final Set<String> CHANGING = Set.of(
            "authorization",
            "x-amz-date",
            "x-amz-content-sha256",
            "x-amz-security-token",
            "x-amz-copy-source",
            "amz-sdk-invocation-id",
            "amz-sdk-request",
            "content-length",
            "connection",
            "expect",
            "user-agent");

    private static final Pattern SCOPE =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=[^,]+/\\d{8}/([^/,]+)/s3/aws4_request,.*");

    /**
     * Asks the SDK.
     *
     * @param catching a client whose HTTP client is {@link CatchingHttpClient}
     * @param request the request with every setting, for any keys
     * @return empty if S3 wants another signature than Version 4 for the service s3, as directory buckets do: such a copy
     *     is the SDK's
     */
    static CompletableFuture<Optional<CopyTemplate>> ask(S3AsyncClient catching, CopyObjectRequest request) {
        CopyObjectRequest sample =
                request.toBuilder().sourceKey(KEY).destinationKey(KEY).build();
        return catching.copyObject(sample).handle((never, caught) -> of(requestIn(caught)));
    }

    /** The request in what a call of the SDK failed with. */
    static SdkHttpRequest requestIn(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Caught caught) {
                return caught.request;
            }
        }
        throw new CompletionException(failure);
    }

    private static Optional<CopyTemplate> of(SdkHttpRequest request) {
        String path = request.encodedPath();
        String source = request.firstMatchingHeader("x-amz-copy-source").orElse("");
        Matcher scope =
                SCOPE.matcher(request.firstMatchingHeader("Authorization").orElse(""));
        if (!scope.matches()
                || !path.endsWith(KEY)
                || !source.endsWith(KEY)
                || !request.rawQueryParameters().isEmpty()
                || request.firstMatchingHeader("x-amz-s3session-token").isPresent()) {
            return Optional.empty();
        }
        SortedMap<String, String> headers = new TreeMap<>();
        request.forEachHeader((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!CHANGING.contains(lower)) {
                headers.put(lower, String.join(",", values));
            }
        });
        URI uri = request.getUri();
        boolean tls = "https".equals(request.protocol());
        headers.putIfAbsent("host", uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
        return Optional.of(new CopyTemplate(
                new Endpoint(tls, request.host(), request.port()),
                path.substring(0, path.length() - KEY.length()),
                source.substring(0, source.length() - KEY.length()),
                headers,
                scope.group(1)));
    }

    /** An HTTP client for the SDK that sends nothing: every call fails with the request that would have been sent. */
    static final class CatchingHttpClient implements SdkAsyncHttpClient {
        @Override
        public CompletableFuture<Void> execute(AsyncExecuteRequest call) {
            Caught caught = new Caught(call.request());
            call.responseHandler().onError(caught);
            return CompletableFuture.failedFuture(caught);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static final class Caught extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient SdkHttpRequest request;

        Caught(SdkHttpRequest request) {
            super("caught", null, false, false);
            this.request = request;
        }
    }
}
