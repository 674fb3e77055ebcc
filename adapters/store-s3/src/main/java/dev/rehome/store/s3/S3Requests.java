package dev.rehome.store.s3;

import dev.rehome.common.store.Location;
import dev.rehome.store.s3.lean.LeanCopyEngine;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * The requests about whole objects. They block, except for one, and fail with {@link S3Failure} only.
 *
 * @param lean makes the ordinary copies; empty if the client makes them too
 */
record S3Requests(S3AsyncClient client, Optional<LeanCopyEngine> lean, S3CopySettings settings, SendDeadline deadline) {
    private static final String READ = "s3:GetObject, or s3:ListBucket (without it a missing object looks forbidden)";
    private static final String COPY = "s3:GetObject or s3:GetObjectTagging on the source,"
            + " s3:PutObject or s3:PutObjectTagging on the target, or s3:ListBucket on the source's bucket";

    /**
     * Describes an object. The response to HEAD has no body and so no error code; if S3 denies the request, the code is
     * obtained by reading the first byte.
     */
    HeadObjectResponse head(Location location) {
        try {
            return await(
                    () -> client.headObject(head -> head.bucket(location.container())
                            .key(location.objectKey())
                            .checksumMode(ChecksumMode.ENABLED)
                            .requestPayer(settings.payer())),
                    true,
                    READ);
        } catch (S3Failure failure) {
            if (!failure.isRetryable() && !failure.isMissing()) {
                readFirstByte(location);
            }
            throw failure;
        }
    }

    /** As {@link #head}, but a missing object is empty instead of a failure. */
    Optional<HeadObjectResponse> look(Location location) {
        try {
            return Optional.of(head(location));
        } catch (S3Failure failure) {
            if (failure.isMissing()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private void readFirstByte(Location location) {
        GetObjectRequest request = get(location).range("bytes=0-0").build();
        await(() -> client.getObject(request, AsyncResponseTransformer.toBytes()), false, READ);
    }

    /** Opens an object for reading. */
    InputStream read(Location location) {
        GetObjectRequest request = get(location).build();
        return await(() -> client.getObject(request, AsyncResponseTransformer.toBlockingInputStream()), false, READ);
    }

    private GetObjectRequest.Builder get(Location location) {
        return GetObjectRequest.builder()
                .bucket(location.container())
                .key(location.objectKey())
                .requestPayer(settings.payer());
    }

    /** Lists at most {@code limit} objects whose keys follow {@code after}. */
    ListObjectsV2Response list(Location prefix, String after, int limit) {
        return await(
                () -> client.listObjectsV2(list -> list.bucket(prefix.container())
                        .prefix(prefix.objectKey())
                        .startAfter(after)
                        .maxKeys(limit)
                        .requestPayer(settings.payer())),
                false,
                "s3:ListBucket");
    }

    /** Writes an object and returns its ETag; {@code reader} reads the content. */
    String write(Location location, InputStream content, long size, ExecutorService reader) {
        return S3ObjectStat.etag(await(
                        () -> client.putObject(
                                put -> put.bucket(location.container())
                                        .key(location.objectKey())
                                        .requestPayer(settings.payer()),
                                AsyncRequestBody.fromInputStream(content, size, reader)),
                        false,
                        "s3:PutObject on the target")
                .eTag());
    }

    /**
     * Copies in one request. Directives are left out: S3 copies metadata and tags by default, and some servers don't
     * know the directives.
     *
     * @param onlyIfAbsent whether an existing target makes it fail; otherwise it is sent only shortly after
     *     {@code checkedAt}
     * @return completes with the ETag, which is the empty text if the response has none, or with {@link S3Failure}
     */
    CompletableFuture<String> copyAsync(CopyRequest copy, boolean onlyIfAbsent, Duration checkedAt) {
        CompletableFuture<String> etag = lean.map(engine -> copyLean(copy, onlyIfAbsent, checkedAt, engine))
                .orElseGet(() -> copyBySdk(copy, onlyIfAbsent, checkedAt));
        return etag.exceptionallyCompose(
                trouble -> CompletableFuture.failedFuture(S3FailureCodes.classify(trouble, false, COPY)));
    }

    private CompletableFuture<String> copyLean(
            CopyRequest copy, boolean onlyIfAbsent, Duration checkedAt, LeanCopyEngine engine) {
        Runnable beforeSending = onlyIfAbsent ? () -> {} : () -> deadline.check(checkedAt);
        return sent(() -> engine.copy(
                        copy.source(),
                        copy.target(),
                        () -> copyObject(copy, onlyIfAbsent).build(),
                        beforeSending))
                .thenCompose(etag -> etag.isPresent()
                        ? CompletableFuture.completedFuture(S3ObjectStat.etag(etag.get()))
                        : copyBySdk(copy, onlyIfAbsent, checkedAt));
    }

    private CompletableFuture<String> copyBySdk(CopyRequest copy, boolean onlyIfAbsent, Duration checkedAt) {
        CopyObjectRequest.Builder request = copyObject(copy, onlyIfAbsent);
        if (!onlyIfAbsent) {
            request.overrideConfiguration(override -> deadline.limit(override, checkedAt));
        }
        return sent(() -> client.copyObject(request.build())).thenApply(S3Requests::etag);
    }

    /**
     * As {@link #copyAsync}, but blocks, and is sent only shortly after {@code checkedAt}.
     *
     * @return the ETag; empty if the response has none
     */
    String copyChecked(CopyRequest copy, boolean onlyIfAbsent, Duration checkedAt) {
        CopyObjectRequest request = copyObject(copy, onlyIfAbsent)
                .overrideConfiguration(override -> deadline.limit(override, checkedAt))
                .build();
        return etag(await(() -> client.copyObject(request), false, COPY));
    }

    /** Copies again what was just copied, if the source still has this ETag and the target is absent. */
    String repeatCopy(CopyRequest copied, String sourceETag) {
        CopyObjectRequest request =
                copyObject(copied, true).copySourceIfMatch(sourceETag).build();
        return etag(await(() -> client.copyObject(request), false, COPY));
    }

    private CopyObjectRequest.Builder copyObject(CopyRequest copy, boolean onlyIfAbsent) {
        CopyObjectRequest.Builder request = CopyObjectRequest.builder()
                .sourceBucket(copy.source().container())
                .sourceKey(copy.source().objectKey())
                .destinationBucket(copy.target().container())
                .destinationKey(copy.target().objectKey())
                .ifNoneMatch(onlyIfAbsent ? "*" : null)
                .acl(settings.target().acl().orElse(null))
                .storageClass(settings.target().storageClass().orElse(null))
                .requestPayer(settings.payer());
        settings.target()
                .kmsKey()
                .ifPresent(key -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key));
        return request;
    }

    /** The ETag in the response to a copy; the empty text if there is none. */
    private static String etag(CopyObjectResponse response) {
        return response.copyObjectResult() == null
                ? ""
                : S3ObjectStat.etag(response.copyObjectResult().eTag());
    }

    /**
     * Sends a request and waits for the response. An interrupt ends the wait: closing the client doesn't end every request,
     * because one that is about to be repeated loses its timer.
     *
     * @param bodyless whether the response never has a body, and so no error code
     * @param permissions the permissions that the request needs, for the message
     */
    static <T> T await(Supplier<CompletableFuture<T>> request, boolean bodyless, String permissions) {
        try {
            return sent(request).get();
        } catch (ExecutionException failed) {
            throw S3FailureCodes.classify(failed.getCause(), bodyless, permissions);
        } catch (CancellationException cancelled) {
            throw S3FailureCodes.classify(cancelled, bodyless, permissions);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw S3FailureCodes.ambiguous("the store is closed", closing);
        }
    }

    /** A closed client throws at once; that fails the future instead. */
    private static <T> CompletableFuture<T> sent(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException trouble) {
            return CompletableFuture.failedFuture(trouble);
        }
    }
}
