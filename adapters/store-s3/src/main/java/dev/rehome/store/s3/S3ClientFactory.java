package dev.rehome.store.s3;

import dev.rehome.store.s3.lean.CaughtRequests;
import dev.rehome.store.s3.lean.HttpLimits;
import dev.rehome.store.s3.lean.LeanCopyEngine;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.StsAsyncClientBuilder;

/** Creates the SDK's client. Retries, timeouts and checksums are set explicitly, because the SDK's defaults change. */
final class S3ClientFactory {
    /** The first attempt and two quick retries; the consumer retries what takes longer. */
    private static final int ATTEMPTS = 3;
    /** S3 sends whitespace while it copies, so a read timeout can't bound an attempt; this many read timeouts do. */
    private static final int READ_TIMEOUTS_PER_ATTEMPT = 15;
    /** Multipart copies send several requests at a time; those in excess of the connections wait. */
    private static final int WAITING_PER_CONNECTION = 16;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** S3 closes idle connections after some 20 s; a request on one that it just closed is lost. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final S3ClientSettings settings;
    private final EventLoopGroup threads;
    private final IdentityProvider<? extends AwsCredentialsIdentity> identity;

    /** The caller stops the threads. */
    S3ClientFactory(S3ClientSettings settings, EventLoopGroup threads, AwsCredentialsProvider credentials) {
        this.settings = settings;
        this.threads = threads;
        this.identity = roleOf(credentials);
    }

    /** A client, to be closed by the caller. */
    S3AsyncClient create(ExecutionInterceptor interceptor) {
        return builder()
                .httpClientBuilder(http())
                .overrideConfiguration(calls(interceptor))
                .build();
    }

    /** The engine for ordinary copies, which sends the requests that such a client would send; to be closed by the caller. */
    LeanCopyEngine createLeanEngine() {
        int loops = Math.min(2, Runtime.getRuntime().availableProcessors());
        Duration total = settings.readTimeout().multipliedBy(READ_TIMEOUTS_PER_ATTEMPT);
        return new LeanCopyEngine(
                builder().httpClient(new CaughtRequests()).build(),
                identity,
                InstantSource.system(),
                threads,
                loops,
                new HttpLimits(
                        (settings.copyConcurrency() + loops - 1) / loops,
                        CONNECT,
                        IDLE,
                        settings.readTimeout(),
                        total));
    }

    private S3AsyncClientBuilder builder() {
        S3AsyncClientBuilder builder = S3AsyncClient.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(identity)
                .forcePathStyle(settings.pathStyle())
                // The region is the target's. Requests about a source in another region are redirected to it once; the
                // copy itself is sent to the target's region, which fetches the bytes.
                .crossRegionAccessEnabled(true)
                // S3-compatible servers don't support the checksums that the SDK would add.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder;
    }

    private SdkAsyncHttpClient.Builder<?> http() {
        int connections = settings.copyConcurrency();
        return NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(SdkEventLoopGroup.create(threads))
                .maxConcurrency(connections)
                .maxPendingConnectionAcquires(connections * WAITING_PER_CONNECTION)
                .connectionAcquisitionTimeout(settings.readTimeout())
                .connectionTimeout(CONNECT)
                .tlsNegotiationTimeout(CONNECT)
                .readTimeout(settings.readTimeout())
                .writeTimeout(settings.readTimeout())
                .tcpKeepAlive(true);
    }

    private ClientOverrideConfiguration calls(ExecutionInterceptor interceptor) {
        Duration attempt = settings.readTimeout().multipliedBy(READ_TIMEOUTS_PER_ATTEMPT);
        return ClientOverrideConfiguration.builder()
                .addExecutionInterceptor(interceptor)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .apiCallAttemptTimeout(attempt)
                .apiCallTimeout(attempt.multipliedBy(ATTEMPTS))
                .build();
    }

    private IdentityProvider<? extends AwsCredentialsIdentity> roleOf(AwsCredentialsProvider own) {
        return settings.role().isEmpty()
                ? own
                : new AssumedRole(sts(own), settings.role().get(), InstantSource.system());
    }

    private StsAsyncClient sts(AwsCredentialsProvider own) {
        StsAsyncClientBuilder builder = StsAsyncClient.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(own)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().eventLoopGroup(SdkEventLoopGroup.create(threads)));
        settings.role().flatMap(TargetRole::endpoint).ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
