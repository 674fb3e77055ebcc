package dev.rehome.store.s3;

import dev.rehome.common.store.Location;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/** The requests of an upload in parts. They block, and fail with {@link S3Failure} only. */
final class MultipartRequests {
    private static final Logger LOG = LoggerFactory.getLogger(MultipartRequests.class);
    private static final String WRITE = "s3:PutObject or s3:PutObjectTagging on the target";
    private static final String COPY = "s3:GetObject on the source, or s3:PutObject on the target";

    private final S3AsyncClient client;
    private final S3CopySettings settings;
    private final SendDeadline deadline;
    /** Uploads that are neither completed nor aborted, by upload id. */
    private final Map<String, Location> open = new ConcurrentHashMap<>();

    private volatile boolean closing;

    MultipartRequests(S3AsyncClient client, S3CopySettings settings, SendDeadline deadline) {
        this.client = client;
        this.settings = settings;
        this.deadline = deadline;
    }

    /** The object's tags. */
    List<Tag> tags(Location location) {
        return S3Requests.await(
                        () -> client.getObjectTagging(tags -> tags.bucket(location.container())
                                .key(location.objectKey())
                                .requestPayer(settings.payer())),
                        false,
                        "s3:GetObjectTagging on the source")
                .tagSet();
    }

    /** Starts an upload; nothing is visible at the target before {@link #complete}. */
    CreateMultipartUploadResponse create(Location target, Consumer<CreateMultipartUploadRequest.Builder> description) {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(target.container())
                .key(target.objectKey())
                .requestPayer(settings.payer())
                .applyMutation(description);
        settings.target()
                .kmsKey()
                .ifPresent(key -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key));
        CreateMultipartUploadResponse upload =
                S3Requests.await(() -> client.createMultipartUpload(request.build()), false, WRITE);
        open.put(upload.uploadId(), target);
        return upload;
    }

    /**
     * Copies a part. Fails with a precondition when the source has another ETag.
     *
     * @param range the source's bytes; null for all of them
     */
    CopyPartResult copyPart(CopyRequest copy, String upload, int number, PartRange range, String sourceETag) {
        if (closing) {
            throw S3FailureCodes.ambiguous("the process is stopping", null);
        }
        UploadPartCopyRequest request = UploadPartCopyRequest.builder()
                .sourceBucket(copy.source().container())
                .sourceKey(copy.source().objectKey())
                .copySourceIfMatch(sourceETag)
                .copySourceRange(range == null ? null : range.header())
                .destinationBucket(copy.target().container())
                .destinationKey(copy.target().objectKey())
                .uploadId(upload)
                .partNumber(number)
                .requestPayer(settings.payer())
                .build();
        CopyPartResult part = S3Requests.await(() -> client.uploadPartCopy(request), false, COPY)
                .copyPartResult();
        if (part == null || S3ObjectStat.etag(part.eTag()).isEmpty()) {
            throw S3FailureCodes.ambiguous("the response to the copy of part " + number + " has no ETag", null);
        }
        return part;
    }

    /**
     * Makes the object of its parts, if that can be sent shortly after {@code checkedAt}.
     *
     * @return the ETag; empty if the response has none
     */
    String complete(
            Location target, String upload, List<CompletedPart> parts, boolean onlyIfAbsent, Duration checkedAt) {
        CompleteMultipartUploadRequest request = CompleteMultipartUploadRequest.builder()
                .bucket(target.container())
                .key(target.objectKey())
                .uploadId(upload)
                .multipartUpload(whole -> whole.parts(parts))
                .ifNoneMatch(onlyIfAbsent ? "*" : null)
                .requestPayer(settings.payer())
                .overrideConfiguration(override -> deadline.limit(override, checkedAt))
                .build();
        String etag = S3ObjectStat.etag(S3Requests.await(() -> client.completeMultipartUpload(request), false, WRITE)
                .eTag());
        if (!etag.isEmpty()) {
            open.remove(upload);
        }
        return etag;
    }

    /**
     * Starts no more parts and aborts the uploads that aren't complete. S3 may keep a part that it is still copying (see
     * AbortMultipartUpload in its documentation), and nobody aborts the uploads of a process that is killed: both need a
     * lifecycle rule.
     *
     * @param atMost how long to wait for S3
     */
    void stop(Duration atMost) {
        closing = true;
        CompletableFuture.allOf(open.entrySet().stream()
                        .filter(upload -> open.remove(upload.getKey()) != null)
                        .map(upload -> abortAsync(upload.getValue(), upload.getKey())
                                .exceptionally(trouble -> warnOfParts(upload.getValue(), upload.getKey(), trouble)))
                        .toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Discards the parts, in one attempt; a failure is logged, because only a lifecycle rule would remove the parts then. */
    void abort(Location target, String upload) {
        if (open.remove(upload) != null) {
            try {
                abortAsync(target, upload).join();
            } catch (RuntimeException trouble) {
                warnOfParts(target, upload, trouble);
            }
        }
    }

    private CompletableFuture<AbortMultipartUploadResponse> abortAsync(Location target, String upload) {
        try {
            return client.abortMultipartUpload(abort -> abort.bucket(target.container())
                    .key(target.objectKey())
                    .uploadId(upload)
                    .requestPayer(settings.payer()));
        } catch (RuntimeException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    private static AbortMultipartUploadResponse warnOfParts(Location target, String upload, Throwable trouble) {
        S3Failure failure = S3FailureCodes.classify(trouble, false, "s3:AbortMultipartUpload on the target");
        if (!failure.isUploadOver()) {
            LOG.warn(
                    "{}: could not abort upload {} ({}); its parts cost storage until a lifecycle rule for incomplete"
                            + " uploads removes them",
                    target,
                    upload,
                    failure.getMessage());
        }
        return null;
    }
}
