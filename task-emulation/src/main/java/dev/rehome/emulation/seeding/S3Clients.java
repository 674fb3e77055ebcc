package dev.rehome.emulation.seeding;

import java.time.Duration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** Clients of S3-compatible servers that support neither virtual-hosted buckets nor the SDK's default checksums. */
public final class S3Clients {
    private S3Clients() {}

    /** A builder without endpoint, region and credentials. */
    public static S3AsyncClientBuilder builder(int maxConcurrency) {
        return S3AsyncClient.builder()
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .maxConcurrency(maxConcurrency)
                        .connectionAcquisitionTimeout(Duration.ofMinutes(1)));
    }
}
