package dev.rehome.manifest;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.settings.AwsSettings;
import dev.rehome.manifest.ManifestSettings.S3Address;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Fetches the object once, whole: it is read several times, and slowly while it is loaded, which a connection to S3 would
 * not outlast. Another version of the object that comes meanwhile changes nothing.
 */
record S3Download(AwsSettings access) {
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;

    /**
     * Fetches it into a file that must not exist yet.
     *
     * @throws Rejected when there is no such object, or none that we may read
     * @throws Unavailable when S3 can't answer now
     */
    void fetch(S3Address address, Path to) {
        try (S3Client s3 = client()) {
            s3.getObject(
                    request -> request.bucket(address.bucket()).key(address.key()), ResponseTransformer.toFile(to));
        } catch (SdkServiceException answer) {
            String message = address + ": " + answer.getMessage();
            if (answer.statusCode() == NOT_FOUND) {
                throw new Rejected("MANIFEST is not there, " + message + ". Name an object that is.", answer);
            }
            if (answer.isThrottlingException() || answer.statusCode() >= 500) {
                throw new Unavailable("The manifest can't be read now, " + message, answer);
            }
            throw new Rejected(
                    "MANIFEST may not be read, " + message
                            + ". The producer needs s3:GetObject on it, kms:Decrypt on its key where it has one, and"
                            + " s3:ListBucket where the object may be missing.",
                    answer);
        } catch (SdkException trouble) {
            throw new Unavailable("The manifest can't be read now, " + address + ": " + trouble.getMessage(), trouble);
        }
    }

    private S3Client client() {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(SILENCE)
                        .maxConnections(2))
                .overrideConfiguration(config -> config.retryStrategy(RetryMode.STANDARD))
                .forcePathStyle(access.pathStyle())
                .crossRegionAccessEnabled(access.s3Endpoint().isEmpty());
        access.s3Endpoint().ifPresent(builder::endpointOverride);
        // S3-compatible servers take any region; this is the one that their documents use.
        access.region()
                .or(() -> access.s3Endpoint().map(any -> "us-east-1"))
                .map(Region::of)
                .ifPresent(builder::region);
        return builder.build();
    }
}
