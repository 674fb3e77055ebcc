package dev.rehome.store.s3;

import dev.rehome.store.s3.lean.LeanCopyEngine;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Creates the SDK's client. Retries, timeouts and checksums are set explicitly, because the SDK's defaults change. */
final class S3ClientFactory implements AutoCloseable {
    /** The first attempt and two quick retries; the consumer retries after longer waits. */
    private static final int ATTEMPTS = 3;
    /** S3 sends whitespace while it copies, so a read timeout can't bound an attempt; this many read timeouts do. */
    private static final int READ_TIMEOUTS_PER_ATTEMPT = 15;
    /** Multipart copies send several requests at a time; those in excess of the connections wait. */
    private static final int WAITING_PER_CONNECTION = 16;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** S3 closes idle connections after some 20 s; a request on one that it just closed is lost. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    /** Netty's quiet period: an event loop stops after this time without work. */
    private static final long QUIET_MILLIS = 100;

    private static final long STOPPING_MILLIS = 500;

    private final S3ClientSettings settings;
    private final AwsCredentialsProvider credentials;
    private final StandardRetryStrategy retries;
    /** Our own, because the SDK takes more than a second to stop the ones that it makes. */
    private final EventLoopGroup threads;

    /** A factory with credentials of the SDK's default chain, which are renewed in the background before they expire. */
    S3ClientFactory(S3ClientSettings settings) {
        this(
                settings,
                DefaultCredentialsProvider.builder()
                        .asyncCredentialUpdateEnabled(true)
                        .build(),
                AwsRetryStrategy.standardRetryStrategy(),
                new NioEventLoopGroup(new DefaultThreadFactory("s3", true)));
    }

    S3ClientFactory(
            S3ClientSettings settings,
            AwsCredentialsProvider own,
            StandardRetryStrategy retries,
            EventLoopGroup threads) {
        this.settings = settings;
        this.retries = retries;
        this.threads = threads;
        this.credentials = settings.role().map(role -> assumed(role, own)).orElse(own);
    }

    /** A client, to be closed by the caller. */
    S3AsyncClient create(ExecutionInterceptor interceptor) {
        return builder()
                .httpClientBuilder(http())
                .overrideConfiguration(calls(interceptor))
                .build();
    }

    /**
     * The engine for ordinary copies, which sends the requests that such a client would send; to be closed by the caller.
     */
    LeanCopyEngine createLeanEngine() {
        return new LeanCopyEngine(
                builder(),
                credentials,
                InstantSource.system(),
                threads,
                new LeanCopyEngine.Limits(
                        settings.copyConcurrency(), CONNECT, IDLE, settings.readTimeout(), longestAttempt()));
    }

    private Duration longestAttempt() {
        return settings.readTimeout().multipliedBy(READ_TIMEOUTS_PER_ATTEMPT);
    }

    private S3AsyncClientBuilder builder() {
        S3AsyncClientBuilder builder = S3AsyncClient.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
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
        Duration attempt = longestAttempt();
        return ClientOverrideConfiguration.builder()
                .addExecutionInterceptor(interceptor)
                .retryStrategy(retries.toBuilder().maxAttempts(ATTEMPTS).build())
                .apiCallAttemptTimeout(attempt)
                .apiCallTimeout(attempt.multipliedBy(ATTEMPTS))
                .build();
    }

    /** Lives as long as the process, as the default chain does. */
    private AwsCredentialsProvider assumed(TargetRole role, AwsCredentialsProvider own) {
        StsClientBuilder sts = StsClient.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(own)
                .httpClientBuilder(Apache5HttpClient.builder());
        role.endpoint().ifPresent(sts::endpointOverride);
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts.build())
                .asyncCredentialUpdateEnabled(true)
                .refreshRequest(request -> request.roleArn(role.arn())
                        .roleSessionName(role.session())
                        .externalId(
                                role.externalId().isPresent()
                                        ? role.externalId().reveal()
                                        : null))
                .build();
    }

    /** Stops the threads of all clients. */
    @Override
    public void close() {
        threads.shutdownGracefully(QUIET_MILLIS, STOPPING_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }
}
