package dev.rehome.store.s3.lean;

import dev.rehome.common.store.Location;
import dev.rehome.store.s3.lean.ConnectionPool.Endpoint;
import dev.rehome.store.s3.lean.CopyTemplate.CatchingHttpClient;
import dev.rehome.store.s3.lean.HttpConnection.Call;
import dev.rehome.store.s3.lean.HttpConnection.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
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
    /** After such an error the SDK adjusts to the server's clock. */
    private static final String WRONG_CLOCK = "RequestTimeTooSkewed";
    /** Takes the place of a template if the SDK makes the copies. */
    private static final CompletableFuture<Optional<CopyTemplate>> BY_SDK =
            CompletableFuture.completedFuture(Optional.empty());

    private static final int MOST_LOOPS = 2;
    /** One for host names and one for credentials. */
    private static final int LOOKUPS = 2;

    private final S3AsyncClient catching;
    private final InstantSource time;
    private final Limits limits;
    private final ExecutorService lookups = Executors.newFixedThreadPool(LOOKUPS, task -> {
        Thread thread = new Thread(task, "s3-lookups");
        thread.setDaemon(true);
        return thread;
    });
    private final Addresses addresses = new Addresses(lookups);
    private final CurrentCredentials credentials;
    private final List<EventLoopSender> senders;
    private final Map<Buckets, CompletableFuture<Optional<CopyTemplate>>> templates = new ConcurrentHashMap<>();
    private final SslContext tls;
    private final AtomicBoolean clockReported = new AtomicBoolean();
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

    private record Copy(
            Location source, Location target, Runnable beforeSending, CompletableFuture<Optional<String>> etag) {
        Buckets buckets() {
            return new Buckets(source.container(), target.container());
        }
    }

    /**
     * Connects at the first copy.
     *
     * @param client a client of the SDK like the one for all other requests, but without its HTTP client
     * @param credentials may block its caller
     * @param group the event loops; the caller ends them
     */
    public LeanCopyEngine(
            S3AsyncClientBuilder client,
            IdentityProvider<? extends AwsCredentialsIdentity> credentials,
            InstantSource time,
            EventLoopGroup group,
            Limits limits) {
        this.catching = client.httpClient(new CatchingHttpClient()).build();
        this.credentials = new CurrentCredentials(credentials, lookups);
        this.time = time;
        this.limits = limits;
        int loops = Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors());
        this.senders = Stream.generate(group::next)
                .limit(loops)
                .map(loop -> new EventLoopSender(loop, endpoint -> connections(loop, endpoint)))
                .toList();
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
     *     this copy must be made by the SDK (a directory bucket, a redirect to another region, a clock that differs from
     *     S3's). Fails with {@link S3Exception} if S3 responds with an error, and with {@link IOException} if there is no
     *     usable response: the copy may then have happened
     */
    public CompletableFuture<Optional<String>> copy(
            Location source, Location target, Supplier<CopyObjectRequest> sample, Runnable beforeSending) {
        Copy copy = new Copy(source, target, beforeSending, new CompletableFuture<>());
        template(copy.buckets(), sample)
                .thenAcceptBoth(
                        credentials.get(),
                        (template, identity) -> template.ifPresentOrElse(
                                known -> send(known, identity, copy), () -> copy.etag.complete(Optional.empty())))
                .exceptionally(trouble -> {
                    copy.etag.completeExceptionally(trouble);
                    return null;
                });
        return copy.etag;
    }

    private CompletableFuture<Optional<CopyTemplate>> template(Buckets buckets, Supplier<CopyObjectRequest> sample) {
        CompletableFuture<Optional<CopyTemplate>> known = templates.get(buckets);
        if (known == null) {
            known = templates.computeIfAbsent(buckets, unknown -> CopyTemplate.ask(catching, sample.get()));
        }
        if (known.isCompletedExceptionally()) {
            templates.remove(buckets, known);
        }
        return known;
    }

    private void send(CopyTemplate template, AwsCredentialsIdentity identity, Copy copy) {
        EventLoopSender sender = EventLoopSender.best(senders, connectionsPerLoop());
        Call call = new Call() {
            @Override
            public void write(ByteBuf request) {
                copy.beforeSending.run();
                sender.writer(template)
                        .write(request, copy.source.objectKey(), copy.target.objectKey(), identity, time.instant());
            }

            @Override
            public void responded(Reply reply) {
                sender.ended();
                try {
                    copy.etag.complete(read(reply, copy.buckets()));
                } catch (S3Exception failure) {
                    copy.etag.completeExceptionally(failure);
                }
            }

            @Override
            public void failed(Throwable cause) {
                sender.ended();
                copy.etag.completeExceptionally(cause);
            }
        };
        try {
            sender.submit(template.endpoint(), call);
        } catch (RejectedExecutionException stopped) {
            call.failed(new IOException("the client is closed", stopped));
        }
    }

    private int connectionsPerLoop() {
        return (limits.connections() + senders.size() - 1) / senders.size();
    }

    private ConnectionPool connections(EventLoop loop, Endpoint endpoint) {
        return new ConnectionPool(loop, endpoint, connectionsPerLoop(), limits, addresses, tls);
    }

    private Optional<String> read(Reply reply, Buckets buckets) {
        CopyResponse response = CopyResponse.parse(reply.body());
        String code = response.errorCode().orElse("");
        if (REDIRECTS.contains(reply.status()) || code.equals(WRONG_REGION)) {
            if (templates.put(buckets, BY_SDK) != BY_SDK) {
                LOG.warn(
                        "S3 redirects copies to bucket {} to another region (status {}); the slower SDK sends them from now on. Set"
                                + " AWS_REGION to the bucket's region",
                        buckets.target(),
                        reply.status());
            }
            return Optional.empty();
        }
        if (code.equals(WRONG_CLOCK)) {
            if (!clockReported.getAndSet(true)) {
                LOG.warn(
                        "S3 rejects requests because this machine's clock is wrong; the slower SDK, which adjusts to S3's"
                                + " clock, repeats the rejected copies. Correct the clock");
            }
            return Optional.empty();
        }
        if (!code.isEmpty() || reply.status() / 100 != 2) {
            throw response.failure(reply);
        }
        return Optional.of(response.etag().orElse(""));
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        senders.forEach(EventLoopSender::close);
        lookups.shutdownNow();
        credentials.close();
        catching.close();
        // The SDK leaves calls unfinished that were under way.
        templates.values().forEach(template -> template.completeExceptionally(new IOException("the client is closed")));
    }
}
