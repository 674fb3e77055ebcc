package dev.rehome.store.s3;

import dev.rehome.common.store.Location;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * The requests about whole objects. What they answer completes, or fails with {@link S3Failure} and nothing else; none
 * throws.
 */
final class S3Requests {
    private static final String READ = "s3:GetObject, or s3:ListBucket (without it a missing object looks forbidden)";
    private static final String COPY = "s3:GetObject or s3:GetObjectTagging on the source,"
            + " s3:PutObject or s3:PutObjectTagging on the target, or s3:ListBucket on the source's bucket";

    private final S3AsyncClient client;
    private final S3CopySettings settings;

    S3Requests(S3AsyncClient client, S3CopySettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * Looks at an object. An answer to HEAD has no body and so no error code; where more than "not found" was refused,
     * the code is got by asking for the first byte.
     */
    CompletableFuture<HeadObjectResponse> head(Location location) {
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(location.bucket())
                .key(location.key())
                .checksumMode(ChecksumMode.ENABLED)
                .requestPayer(payer())
                .build();
        return send(() -> client.headObject(request), trouble -> S3FailureCodes.classify(trouble, true, READ))
                .exceptionallyCompose(trouble -> {
                    S3Failure failure = S3Failure.of(trouble);
                    return failure.isPassing() || failure.isMissing()
                            ? CompletableFuture.failedFuture(failure)
                            : firstByte(location).thenCompose(readable -> CompletableFuture.failedFuture(failure));
                });
    }

    /** As {@link #head}, but a missing object is an answer, not a failure. */
    CompletableFuture<Optional<HeadObjectResponse>> look(Location location) {
        return head(location).thenApply(Optional::of).exceptionallyCompose(trouble -> {
            S3Failure failure = S3Failure.of(trouble);
            return failure.isMissing()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : CompletableFuture.failedFuture(failure);
        });
    }

    private CompletableFuture<?> firstByte(Location location) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(location.bucket())
                .key(location.key())
                .range("bytes=0-0")
                .requestPayer(payer())
                .build();
        return send(
                () -> client.getObject(request, AsyncResponseTransformer.toBytes()),
                trouble -> S3FailureCodes.classify(trouble, false, READ));
    }

    /**
     * Copies in one request. Directives are left out: S3's default is to copy metadata and tags, and not every server
     * knows how to be told so.
     *
     * @param onlyIfAbsent whether a target that is there makes it fail
     * @param sourceETag the source must have it; null for any
     */
    CompletableFuture<CopyObjectResponse> copy(Route route, boolean onlyIfAbsent, String sourceETag) {
        CopyObjectRequest.Builder request = CopyObjectRequest.builder()
                .sourceBucket(route.source().bucket())
                .sourceKey(route.source().key())
                .destinationBucket(route.target().bucket())
                .destinationKey(route.target().key())
                .ifNoneMatch(onlyIfAbsent ? "*" : null)
                .copySourceIfMatch(sourceETag)
                .acl(settings.acl().orElse(null))
                .storageClass(settings.storageClass().orElse(null))
                .requestPayer(payer());
        settings.kmsKey()
                .ifPresent(key -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key));
        return send(() -> client.copyObject(request.build()), trouble -> S3FailureCodes.classify(trouble, false, COPY));
    }

    private RequestPayer payer() {
        return settings.requesterPays() ? RequestPayer.REQUESTER : null;
    }

    /** Sends; what the SDK throws at once, on a closed client for one, fails the future instead. */
    static <T> CompletableFuture<T> send(
            Supplier<CompletableFuture<T>> request, Function<Throwable, S3Failure> classified) {
        CompletableFuture<T> answer;
        try {
            answer = request.get();
        } catch (RuntimeException refusedByClient) {
            answer = CompletableFuture.failedFuture(refusedByClient);
        }
        return answer.exceptionallyCompose(trouble -> CompletableFuture.failedFuture(classified.apply(trouble)));
    }
}
