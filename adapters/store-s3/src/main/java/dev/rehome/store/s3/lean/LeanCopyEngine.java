package dev.rehome.store.s3.lean;

import dev.rehome.common.store.Location;
import dev.rehome.store.s3.lean.ConnectionPool.Endpoint;
import dev.rehome.store.s3.lean.CopyTemplate.CatchingHttpClient;
import dev.rehome.store.s3.lean.HttpExchange.Reply;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * CopyObject over plain HTTP/1.1 connections: the request of {@link CopyTemplate} with two keys filled in and signed, and
 * its response read without a document model. It costs about a tenth of the SDK's CPU time. Safe for use by any thread.
 *
 * <p>It doesn't retry: callers classify the failure.
 */
public final class LeanCopyEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeanCopyEngine.class);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);
    /** The error names the right region, which the SDK then uses. */
    private static final String WRONG_REGION = "AuthorizationHeaderMalformed";

    private static final int MOST_LOOPS = 2;

    private final S3AsyncClient catching;
    private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
    private final InstantSource time;
    private final Limits limits;
    private final Addresses addresses = new Addresses();
    private final List<EventLoop> loops = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<Buckets, CompletableFuture<Optional<CopyTemplate>>> templates = new ConcurrentHashMap<>();
    private final Map<LaneKey, Lane> lanes = new ConcurrentHashMap<>();
    private final SslContext tls;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Bounds of the connections.
     *
     * @param connections how many may be open, each with one request in flight; further requests wait for one
     * @param connect for the TCP handshake and for the TLS handshake, each
     * @param idle after which an unused connection is closed; shorter than the server's own limit
     * @param silence after which a request fails if no byte arrives
     * @param total after which a request fails although bytes arrive
     */
    public record Limits(int connections, Duration connect, Duration idle, Duration silence, Duration total) {}

    /** All objects between two buckets share a template. */
    private record Buckets(String source, String target) {}

    private record LaneKey(EventLoop loop, Endpoint endpoint, String region) {}

    /** What one event loop needs for one endpoint; used on that loop only. */
    private record Lane(ConnectionPool connections, RequestSigner signer) {}

    /**
     * Connects at the first copy.
     *
     * @param client a client of the SDK like the one for all other requests, but without its HTTP client
     * @param credentials must respond at once, or block its caller
     * @param group the event loops; the caller ends them
     */
    public LeanCopyEngine(
            S3AsyncClientBuilder client,
            IdentityProvider<? extends AwsCredentialsIdentity> credentials,
            InstantSource time,
            EventLoopGroup group,
            Limits limits) {
        this.catching = client.httpClient(new CatchingHttpClient()).build();
        this.credentials = credentials;
        this.time = time;
        this.limits = limits;
        int threads = Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < threads; i++) {
            loops.add(group.next());
        }
        try {
            this.tls = SslContextBuilder.forClient()
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (SSLException unusable) {
            throw new UncheckedIOException("The JVM's TLS can't be used", unusable);
        }
    }

    /**
     * Copies one object.
     *
     * @param sample a request between the two buckets with all settings, for any keys; used once for two buckets
     * @param beforeSending called immediately before the request is sent, on an event loop; if it throws, nothing is sent
     * @return completes with the target's ETag as S3 writes it, which is the empty text if the response has none; empty if
     *     this copy must be made by the SDK (a directory bucket, a redirect to another region). Fails with
     *     {@link S3Exception} if S3 responds with an error, and with {@link IOException} if there is no usable response: the
     *     copy may then have happened
     */
    public CompletableFuture<Optional<String>> copy(
            Location source, Location target, Supplier<CopyObjectRequest> sample, Runnable beforeSending) {
        AwsCredentialsIdentity identity = credentials.resolveIdentity().join();
        Buckets buckets = new Buckets(source.container(), target.container());
        CompletableFuture<Optional<CopyTemplate>> template =
                templates.computeIfAbsent(buckets, unknown -> CopyTemplate.ask(catching, sample.get()));
        if (template.isCompletedExceptionally()) {
            templates.remove(buckets, template);
        }
        return template.thenCompose(known -> known.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : send(known.get(), lane -> {
                            beforeSending.run();
                            return request(known.get(), source, target, identity, lane.signer());
                        })
                        .thenApply(reply -> read(reply, buckets)));
    }

    private CompletableFuture<Reply> send(CopyTemplate template, Function<Lane, FullHttpRequest> request) {
        EventLoop loop = loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        try {
            loop.execute(() -> {
                Lane lane =
                        lanes.computeIfAbsent(new LaneKey(loop, template.endpoint(), template.region()), this::open);
                lane.connections().send(() -> request.apply(lane), reply);
            });
        } catch (RejectedExecutionException stopped) {
            reply.completeExceptionally(new IOException("the client is closed", stopped));
        }
        return reply;
    }

    private Lane open(LaneKey key) {
        int connections = (limits.connections() + loops.size() - 1) / loops.size();
        return new Lane(
                new ConnectionPool(key.loop(), key.endpoint(), connections, limits, addresses, tls),
                new RequestSigner(key.region(), "s3"));
    }

    private FullHttpRequest request(
            CopyTemplate template,
            Location source,
            Location target,
            AwsCredentialsIdentity identity,
            RequestSigner signer) {
        Instant now = time.instant();
        String path = template.path(target.objectKey());
        SortedMap<String, String> headers = new TreeMap<>(template.headers());
        headers.put("x-amz-content-sha256", RequestSigner.EMPTY_BODY);
        headers.put("x-amz-copy-source", template.source(source.objectKey()));
        headers.put("x-amz-date", signer.date(now));
        if (identity instanceof AwsSessionCredentialsIdentity session) {
            headers.put("x-amz-security-token", session.sessionToken());
        }
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.PUT, path, Unpooled.EMPTY_BUFFER);
        headers.forEach((name, value) -> request.headers().set(name, value));
        request.headers()
                .set(HttpHeaderNames.AUTHORIZATION, signer.authorization("PUT", path, headers, identity, now))
                .set(HttpHeaderNames.CONTENT_LENGTH, 0)
                .set(HttpHeaderNames.USER_AGENT, "rehome");
        return request;
    }

    private Optional<String> read(Reply reply, Buckets buckets) {
        CopyResponse response = CopyResponse.parse(reply.body());
        if (REDIRECTS.contains(reply.status())
                || response.errorCode().filter(WRONG_REGION::equals).isPresent()) {
            templates.put(buckets, CompletableFuture.completedFuture(Optional.empty()));
            LOG.warn(
                    "S3 redirects copies to bucket {} elsewhere (status {}); the SDK sends them from now on. Set AWS_REGION"
                            + " to the bucket's region to save its CPU time",
                    buckets.target(),
                    reply.status());
            return Optional.empty();
        }
        if (response.errorCode().isPresent() || reply.status() / 100 != 2) {
            throw failure(reply, response);
        }
        return Optional.of(response.etag().orElse(""));
    }

    private static S3Exception failure(Reply reply, CopyResponse response) {
        AwsErrorDetails details = AwsErrorDetails.builder()
                .errorCode(response.errorCode().orElse(null))
                .errorMessage(response.errorMessage().orElse(null))
                .build();
        S3Exception.Builder failure = S3Exception.builder();
        failure.awsErrorDetails(details);
        failure.statusCode(reply.status());
        failure.requestId(response.requestId().orElse(reply.headers().get("x-amz-request-id")));
        failure.message(response.errorMessage().orElse("HTTP status " + reply.status()));
        return (S3Exception) failure.build();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        lanes.forEach((key, lane) -> key.loop().execute(lane.connections()::close));
        addresses.close();
        catching.close();
    }
}
