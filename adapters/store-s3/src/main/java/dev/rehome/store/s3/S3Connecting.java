package dev.rehome.store.s3;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
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

/** Makes the SDK's client; nothing of how it behaves is left to the SDK's defaults, which change. */
final class S3Connecting {
    /** The first try and two more, quick ones: what lasts longer is waited out by whoever asked for the copy. */
    private static final int ATTEMPTS = 3;
    /** S3 keeps a connection alive with blanks while it copies, so the last word is not the silence's. */
    private static final int SILENCES_PER_ATTEMPT = 15;
    /** Copies in parts send several requests at a time; those beyond the connections wait their turn. */
    private static final int WAITING_PER_CONNECTION = 16;

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final S3Connection settings;
    private final EventLoopGroup threads;

    /** The caller ends the threads. */
    S3Connecting(S3Connection settings, EventLoopGroup threads) {
        this.settings = settings;
        this.threads = threads;
    }

    /** A client of its own, to be closed. */
    S3AsyncClient connect() {
        S3AsyncClientBuilder builder = S3AsyncClient.builder()
                .httpClientBuilder(http())
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials())
                .forcePathStyle(settings.pathStyle())
                // The region is the target's. A source elsewhere says so at the first look at it, and is asked in its
                // own region from then on; the copy itself is asked of the target's, which fetches the bytes.
                .crossRegionAccessEnabled(true)
                // S3-compatible servers don't know the checksums that the SDK would add by itself.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(calls());
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private SdkAsyncHttpClient.Builder<?> http() {
        int connections = settings.copyConcurrency();
        return NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(SdkEventLoopGroup.create(threads))
                .maxConcurrency(connections)
                .maxPendingConnectionAcquires(connections * WAITING_PER_CONNECTION)
                .connectionAcquisitionTimeout(settings.silence())
                .connectionTimeout(CONNECT)
                .tlsNegotiationTimeout(CONNECT)
                .readTimeout(settings.silence())
                .writeTimeout(settings.silence())
                .tcpKeepAlive(true);
    }

    private ClientOverrideConfiguration calls() {
        Duration attempt = settings.silence().multipliedBy(SILENCES_PER_ATTEMPT);
        return ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .apiCallAttemptTimeout(attempt)
                .apiCallTimeout(attempt.multipliedBy(ATTEMPTS))
                .build();
    }

    private IdentityProvider<? extends AwsCredentialsIdentity> credentials() {
        AwsCredentialsProvider own = settings.accessKey().isPresent()
                ? given(settings.accessKey().get())
                : DefaultCredentialsProvider.builder()
                        .asyncCredentialUpdateEnabled(true)
                        .build();
        return settings.role().isEmpty()
                ? own
                : new AssumedRole(sts(own), settings.role().get(), InstantSource.system());
    }

    private AwsCredentialsProvider given(String accessKey) {
        String secretKey = settings.secretKey().reveal();
        return StaticCredentialsProvider.create(
                settings.sessionToken().isPresent()
                        ? AwsSessionCredentials.create(
                                accessKey, secretKey, settings.sessionToken().reveal())
                        : AwsBasicCredentials.create(accessKey, secretKey));
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
